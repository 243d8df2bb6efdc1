//! The built program under measurement: started on a database of its own, watched from outside.

pub(crate) mod load;

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

/// Clock ticks of `/proc/PID/stat` in a second; Linux has counted in hundredths for ever.
const TICKS_A_SECOND: f64 = 100.0;

/// A folder and a database to measure on.
#[derive(Debug)]
pub(crate) struct Home<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) database: &'a str,
}

impl Home<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thuocdo"));
        command.current_dir(self.folder).env_clear().env("THUOCDO_DATABASE", self.database).args(arguments);
        // Thousands of forms are sent to one point.
        command.env("THUOCDO_POINT_BUDGET", "0");
        command.env("THUOCDO_KEYS", self.folder.join("thuocdo.keys")).stdin(Stdio::null()).stdout(Stdio::piped());
        command
    }

    /// Runs a command to its end; its standard output and how long it took.
    pub(crate) fn run(&self, arguments: &[&str]) -> anyhow::Result<(String, Duration)> {
        let began = Instant::now();
        let output = self.command(arguments).output().context("while starting thuocdo")?;
        let took = began.elapsed();
        ensure!(output.status.success(), "thuocdo {arguments:?} failed");
        Ok((String::from_utf8(output.stdout).context("while reading its output")?, took))
    }

    /// Starts the server on a free port.
    pub(crate) fn serve(&self) -> anyhow::Result<Server> {
        let mut child =
            self.command(&["serve", "--listen", "127.0.0.1:0"]).spawn().context("while starting thuocdo")?;
        let mut line = String::new();
        let stdout = child.stdout.take().context("no standard output")?;
        BufReader::new(stdout).read_line(&mut line).context("while waiting for the address")?;
        let address = line.trim_end().trim_end_matches(')').rsplit('(').next().unwrap_or_default();
        match address.parse() {
            Ok(address) => Ok(Server { child, address }),
            Err(_no_address) => {
                let _ = child.kill();
                bail!("the server did not start: “{line}”")
            }
        }
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Processor seconds the server has used.
    pub(crate) fn processor_seconds(&self) -> anyhow::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).context("/proc is needed")?;
        // The name in brackets may hold blanks; user and system time are the 12th and 13th field after it.
        let mut fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11);
        let mut ticks = || fields.next().and_then(|field| field.parse::<f64>().ok()).context("/proc/PID/stat");
        Ok((ticks()? + ticks()?) / TICKS_A_SECOND)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Prints a line of results.
pub(crate) fn say(line: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{line}").context("while printing")
}

/// The value at a share of the sorted values.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of less than a million"
    )]
    let at = (share * values.len().saturating_sub(1) as f64).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// The median.
pub(crate) fn median(values: &mut [f64]) -> f64 {
    quantile(values, 0.5)
}
