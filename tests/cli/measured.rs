//! How long a run takes and how much memory it holds at most.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, iter};

use crate::Run;

/// The most memory that whatever is attacked may hold, in bytes.
pub(crate) const MOST_MEMORY: u64 = 1 << 30;

/// How often a running program is looked at.
const GLANCE: Duration = Duration::from_millis(5);

/// A run with what it took.
pub(crate) struct Measured {
    pub(crate) run: Run,
    pub(crate) time: Duration,
    /// Bytes of memory at most, as far as the system tells.
    pub(crate) memory: u64,
}

/// The program with these arguments and this on standard input, in nobody's surroundings.
pub(crate) fn measure(arguments: &[&str], input: &str) -> Measured {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("demarche"));
    command.args(arguments).env("no_proxy", "*").env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Who does not read its input closes it.
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let process = child.id();
    let output = thread::spawn(move || finished(child));
    let glance = || {
        thread::sleep(GLANCE);
        (!output.is_finished()).then(|| most_held(process))
    };
    let memory = iter::from_fn(glance).max().unwrap_or(0);
    let (run, ended) = output.join().unwrap();
    writer.join().unwrap();
    Measured { run, time: ended - started, memory }
}

fn finished(child: Child) -> (Run, Instant) {
    let output = child.wait_with_output().unwrap();
    let ended = Instant::now();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code().expect("no signal ended it");
    (Run { code, stdout: text(&output.stdout), stderr: text(&output.stderr) }, ended)
}

/// The most memory that a process has held so far; nothing where the system does not tell.
fn most_held(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0_u64) << 10
}

/// Does all of these, some at once, in order.
pub(crate) fn each<T: Sync>(attacks: &[T], at_once: usize, attack: impl Fn(&T) + Sync) {
    thread::scope(|scope| {
        for part in attacks.chunks(attacks.len().div_ceil(at_once)) {
            scope.spawn(|| part.iter().for_each(&attack));
        }
    });
}

/// Ended within its time and a second more, under a gigabyte, and with a message where there is
/// no answer; again if the machine seems to have been busy.
#[track_caller]
pub(crate) fn ends_in_time(what: &str, timeout: Duration, attack: impl Fn() -> Measured) {
    let mut told = String::new();
    for _ in 0..3 {
        let Measured { run, time, memory } = attack();
        println!("{what}: {} in {time:.2?}, {} MiB: {}", run.code, memory >> 20, run.stderr.trim());
        assert!(run.code <= 2, "{what}: {}", run.stderr);
        assert!(run.code < 2 || run.stderr.contains("error: "), "{what}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{what}: {}", run.stderr);
        assert!(memory < MOST_MEMORY, "{what}: {} MiB", memory >> 20);
        if time < timeout + Duration::from_secs(1) {
            return;
        }
        told.push_str(&format!(" {time:.2?}"));
    }
    panic!("{what} takes{told}");
}
