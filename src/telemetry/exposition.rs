//! Figures for monitoring in the text format of Prometheus.

use std::fmt::Write;

use super::counts::{Tally, in_tens};
use super::faults;

/// What is told as it stands at this moment: nothing of it comes from a single person.
#[derive(Debug, Clone, Default)]
pub struct Live {
    /// Version of the program.
    pub version: &'static str,
    /// Whether `/readyz` says ready.
    pub is_ready: bool,
    /// End of the last sealed day, in seconds since 1970.
    pub sealed_through: Option<i64>,
    /// Size of the database in bytes, measured once an hour.
    pub database_bytes: Option<u64>,
    /// Forms that wait for the intake; told in tens.
    pub waiting: u64,
    /// Open connections; told in tens.
    pub connections: u64,
}

/// The figures as a text.
pub fn text(published: &Tally, live: &Live) -> String {
    let mut page = Page::default();
    page.family("thuocdo_build_info", "gauge", "Version of the program.");
    page.sample("thuocdo_build_info", &[("version", live.version)], 1);
    page.one("thuocdo_ready", "gauge", "1 where /readyz says ready.", u64::from(live.is_ready));
    if let Some(end) = live.sealed_through {
        page.one("thuocdo_sealed_through_timestamp_seconds", "gauge", "End of the last sealed day.", end);
    }
    if let Some(bytes) = live.database_bytes {
        page.one("thuocdo_database_bytes", "gauge", "Size of the database in whole MiB, measured once an hour.", bytes);
    }
    page.one("thuocdo_intake_waiting", "gauge", "Forms that wait to be stored, in tens.", in_tens(live.waiting));
    page.one("thuocdo_connections", "gauge", "Open connections, in tens.", in_tens(live.connections));
    let (errors, panics) = faults::lines();
    page.family("thuocdo_faults_total", "counter", "Lines on faults in the log, at most one a minute for one cause.");
    page.sample("thuocdo_faults_total", &[("source", "error")], errors);
    page.sample("thuocdo_faults_total", &[("source", "panic")], panics);
    page.counts(published);
    page.0
}

/// What is said of every family that grows by the hour.
const HOURLY: &str = "Renewed on the hour, in tens.";

#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let labels: Vec<String> =
            labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
        self.family(name, kind, help);
        self.sample(name, &[], value);
    }

    fn counts(&mut self, published: &Tally) {
        self.family("thuocdo_requests_total", "counter", &format!("Requests by pattern. {HOURLY}"));
        for ((pattern, method, class), n) in &published.requests {
            let labels = [("pattern", pattern.as_str()), ("method", *method), ("status", *class)];
            self.sample("thuocdo_requests_total", &labels, *n);
        }
        self.family("thuocdo_request_seconds", "histogram", &format!("Time to answer. {HOURLY}"));
        for (pattern, buckets) in &published.durations {
            self.histogram("thuocdo_request_seconds", &[("pattern", pattern.as_str())], buckets, 1_000);
        }
        self.one(
            "thuocdo_answers_total",
            "counter",
            &format!("Forms stored by this process. {HOURLY}"),
            published.intake.answers,
        );
        self.family("thuocdo_batch_size", "histogram", &format!("Forms in one transaction. {HOURLY}"));
        self.histogram("thuocdo_batch_size", &[], &published.intake.batches, 1);
    }

    /// Buckets and their count. There is no sum: it would change with every single request.
    fn histogram(&mut self, name: &str, labels: &[(&str, &str)], buckets: &[(Option<u64>, u64)], unit: u64) {
        for (bound, n) in buckets {
            let bound = bound.map_or_else(|| "+Inf".to_owned(), |bound| decimal(bound, unit));
            self.sample(&format!("{name}_bucket"), &[labels, &[("le", bound.as_str())]].concat(), *n);
        }
        if let Some((_, n)) = buckets.last() {
            self.sample(&format!("{name}_count"), labels, *n);
        }
    }
}

/// A whole number of thousandths, or of ones, as a decimal.
fn decimal(n: u64, unit: u64) -> String {
    if unit == 1 {
        return n.to_string();
    }
    let text = format!("{}.{:03}", n / unit, n % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::telemetry::{IntakeDone, Request, Watch};

    #[test]
    fn the_figures_are_written_as_prometheus_reads_them() {
        let watch = Watch::default();
        for _ in 0..25 {
            watch.count(&Request::new(Some("/q/{code}"), "POST", 303, Duration::from_millis(7)));
        }
        watch.publish(IntakeDone { answers: 24, batches: vec![(Some(1), 3), (None, 12)] });
        let live = Live {
            version: "1\"2",
            is_ready: true,
            sealed_through: Some(1_795_280_400),
            database_bytes: None,
            waiting: 27,
            connections: 9,
        };
        let text = text(&watch.published(), &live);
        for line in [
            "thuocdo_build_info{version=\"1\\\"2\"} 1",
            "thuocdo_ready 1",
            "thuocdo_sealed_through_timestamp_seconds 1795280400",
            "thuocdo_intake_waiting 20",
            "thuocdo_connections 0",
            "thuocdo_requests_total{pattern=\"/q/{code}\",method=\"POST\",status=\"3xx\"} 20",
            "thuocdo_request_seconds_bucket{pattern=\"/q/{code}\",le=\"0.005\"} 0",
            "thuocdo_request_seconds_bucket{pattern=\"/q/{code}\",le=\"0.025\"} 20",
            "thuocdo_request_seconds_bucket{pattern=\"/q/{code}\",le=\"5\"} 20",
            "thuocdo_request_seconds_bucket{pattern=\"/q/{code}\",le=\"+Inf\"} 20",
            "thuocdo_request_seconds_count{pattern=\"/q/{code}\"} 20",
            "thuocdo_answers_total 20",
            "thuocdo_batch_size_bucket{le=\"1\"} 0",
            "thuocdo_batch_size_bucket{le=\"+Inf\"} 10",
            "# TYPE thuocdo_request_seconds histogram",
        ] {
            assert!(text.lines().any(|known| known == line), "“{line}” is missing in\n{text}");
        }
        assert!(!text.contains("thuocdo_database_bytes") && !text.contains("_sum"));
        // Every family is announced once, and nothing stands outside of one.
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let name = line.split(['{', ' ']).next().unwrap();
            let family = ["_bucket", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
            assert_eq!(text.matches(&format!("# TYPE {family} ")).count(), 1, "{line}");
        }
    }
}
