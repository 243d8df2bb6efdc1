//! The built program, used from outside: its commands, its server, and the ways in which it ends.

pub(crate) mod form;
pub(crate) mod http;

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use http::Client;
use tempfile::TempDir;
use thuocdo::record::{Keys, Secret};

/// Longer than any act takes, even on a busy machine: what reaches it hangs.
const PATIENCE: Duration = Duration::from_secs(90);

/// A folder the program runs in, and the database it uses there.
pub(crate) struct Home {
    folder: TempDir,
    database: String,
}

/// What a command came to.
pub(crate) struct Ended {
    /// Exit code; `None` after a signal.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    /// An empty folder with an embedded database that is not made yet.
    pub(crate) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("thuocdo.db").display());
        Self { folder, database }
    }

    /// A folder for a database that is there, with the keys it was made with.
    pub(crate) fn with(database: &str, keys: &Keys) -> Self {
        let home = Self { folder: tempfile::tempdir().unwrap(), database: database.to_owned() };
        let line = |name: &str, secret: &Secret| format!("{name} = \"{}\"\n", secret.to_hex());
        let text = [("form", &keys.form), ("salt", &keys.salt), ("ticket", &keys.ticket), ("staff", &keys.staff)];
        let text = text.into_iter().chain(keys.checkpoint.iter().map(|secret| ("checkpoint", secret)));
        let text: String = text.map(|(name, secret)| line(name, secret)).collect();
        std::fs::write(home.key_file(), text).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(home.key_file(), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        home
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn key_file(&self) -> PathBuf {
        self.path().join("thuocdo.keys")
    }

    /// The program in this folder, with none of the settings of whoever runs the tests. Tests send more forms than people do,
    /// so no point has a budget unless a test gives it one.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_thuocdo"));
        command.current_dir(self.path()).env_clear().env("THUOCDO_KEYS", self.key_file()).args(arguments);
        command.env("THUOCDO_POINT_BUDGET", "0");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command on the database of this folder to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        command.env("THUOCDO_DATABASE", &self.database);
        ended(&mut command)
    }

    /// A command that has to succeed; its standard output.
    pub(crate) fn does(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!(ended.code, Some(0), "thuocdo {arguments:?}: {}", ended.err);
        ended.out
    }

    /// Writes a file into the folder and imports it.
    pub(crate) fn import(&self, kind: &str, text: &str) -> String {
        let file = format!("{kind}.csv");
        std::fs::write(self.path().join(&file), text).unwrap();
        self.does(&["import", kind, &file])
    }

    /// The same with settings, as the environment carries them.
    pub(crate) fn import_with(&self, kind: &str, text: &str, settings: &[(&str, &str)]) {
        let file = format!("{kind}.csv");
        std::fs::write(self.path().join(&file), text).unwrap();
        let mut command = self.command(&["import", kind, &file]);
        command.env("THUOCDO_DATABASE", &self.database).envs(settings.iter().copied());
        let ended = ended(&mut command);
        assert_eq!(ended.code, Some(0), "import {kind}: {}", ended.err);
    }

    /// Changes the database behind the program's back, as time or an intruder would.
    pub(crate) fn sql(&self, statement: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let connection = sea_orm::Database::connect(&self.database).await.unwrap();
            sea_orm::ConnectionTrait::execute_unprepared(&connection, statement).await.unwrap();
            connection.close().await.unwrap();
        });
    }

    /// A province with three counters in two communes.
    pub(crate) fn with_counters(&self) {
        self.import("units", "code,name,kind,parent\nP,Tỉnh Thử,province,\nX1,Xã Một,commune,P\nX2,Xã Hai,commune,P\n");
        self.import(
            "points",
            "code,unit,name,kind,questionnaire,field,officers\nX1.Q1,X1,Quầy 1,counter,counter,Đất đai,2\n\
             X1.Q2,X1,Quầy 2,counter,counter,,2\nX2.Q1,X2,Quầy 1,counter,counter,,3\n",
        );
    }

    /// The code in the address of a collection point.
    pub(crate) fn public_code(&self, point: &str) -> String {
        let list = self.does(&["point", "list"]);
        let line = list.lines().find(|line| line.split('\t').next() == Some(point));
        line.unwrap_or_else(|| panic!("no {point} in {list}")).rsplit('/').next().unwrap().to_owned()
    }

    /// Starts the server on a free port and waits until it is ready.
    pub(crate) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with settings, as the environment carries them.
    pub(crate) fn serve_with(&self, settings: &[(&str, &str)]) -> Server {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.envs(settings.iter().copied());
        let stderr = std::fs::File::create(self.path().join("server.log")).unwrap();
        let mut child = command.env("THUOCDO_DATABASE", &self.database).stderr(stderr).spawn().unwrap();
        let lines = lines(child.stdout.take().unwrap());
        let Ok(first) = lines.recv_timeout(PATIENCE) else {
            let _ = child.kill();
            panic!("the server did not start: {}", self.server_log());
        };
        // “Thước Đo: http://127.0.0.1:40123  (127.0.0.1:40123)”
        let address = first.rsplit('(').next().unwrap().trim_end_matches(')').parse().unwrap();
        let server = Server { child, lines, address };
        assert_eq!(server.client().get("/readyz").unwrap().status, 200);
        server
    }

    /// What the server said on standard error.
    pub(crate) fn server_log(&self) -> String {
        std::fs::read_to_string(self.path().join("server.log")).unwrap_or_default()
    }
}

/// Runs a command to its end; one that hangs is ended.
pub(crate) fn ended(command: &mut Command) -> Ended {
    let child = command.spawn().unwrap();
    let id = child.id();
    let (tell, told) = channel();
    std::thread::spawn(move || tell.send(child.wait_with_output()));
    let Ok(output) = told.recv_timeout(PATIENCE) else {
        signal(id, "-KILL");
        panic!("{command:?} hangs");
    };
    let Output { status, stdout, stderr } = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: status.code(), out: text(stdout), err: text(stderr) }
}

/// The lines a process prints; the channel ends with the process.
fn lines(stdout: ChildStdout) -> Receiver<String> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        while reader.read_line(&mut line).is_ok_and(|read| read > 0) {
            let _ = tell.send(line.trim_end().to_owned());
            line.clear();
        }
        // Whatever is no text is read to the end all the same, so that the process never waits for its reader.
        let _ = reader.read_to_end(&mut Vec::new());
    });
    told
}

fn signal(id: u32, signal: &str) {
    let sent = Command::new("kill").args([signal, &id.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill {signal} {id}");
}

/// A server that runs; it is killed when nobody needs it any more.
pub(crate) struct Server {
    child: Child,
    lines: Receiver<String>,
    pub(crate) address: SocketAddr,
}

impl Server {
    pub(crate) fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// SIGKILL: nothing of the process runs any more.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        assert!(!self.child.wait().unwrap().success());
    }

    /// Sends a signal, such as `-INT`.
    pub(crate) fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// The lines it has printed since its first and not been asked for.
    pub(crate) fn printed(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    /// SIGTERM, and its exit code once it has ended by itself.
    pub(crate) fn stop(self) -> Option<i32> {
        signal(self.child.id(), "-TERM");
        self.ended()
    }

    /// Its exit code once it has ended by itself.
    pub(crate) fn ended(mut self) -> Option<i32> {
        // The channel closes when the process has closed its standard output.
        while self.lines.recv_timeout(PATIENCE).is_ok() {}
        self.child.wait().unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
