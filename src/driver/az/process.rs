//! Running az: finding it, passing on what it prints (masked), and what happens when someone presses Ctrl-C.

use super::command::Step;
use crate::driver::console::Console;
use crate::driver::secret::Mask;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How often a running az is looked at.
const LOOK: Duration = Duration::from_millis(20);
/// How many looks az has to end after it was told to, before it is killed: ten seconds.
const PATIENCE: u32 = 500;

/// The Azure CLI on this machine, and the signals that arrived while it runs.
#[derive(Debug)]
pub struct Az {
    program: PathBuf,
    /// Number of the last signal; 0 for none.
    signal: Arc<AtomicUsize>,
}

/// Which of az's two outputs are passed on as they come. Both are kept in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Echo {
    pub out: bool,
    pub err: bool,
}

impl Echo {
    pub const ALL: Echo = Echo { out: true, err: true };
    /// For answers that only this program reads; what goes wrong is still heard.
    pub const ERRORS: Echo = Echo { out: false, err: true };
    pub const NONE: Echo = Echo { out: false, err: false };
}

/// What a run of az gave, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// 0 to 255; 128 and more for a signal that ended az.
    pub code: u8,
    pub out: String,
    pub err: String,
    /// The signal that this program got meanwhile.
    pub signal: Option<u8>,
}

impl Answer {
    pub fn succeeded(&self) -> bool {
        self.code == 0 && self.signal.is_none()
    }
}

impl Az {
    /// Looks for az in the folders of `PATH`. `None` if it is in none of them.
    pub fn find() -> Option<PathBuf> {
        let names: &[&str] = if cfg!(windows) { &["az.cmd", "az.exe", "az.bat"] } else { &["az"] };
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .filter(|folder| !folder.as_os_str().is_empty())
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
            .find(|file| is_program(file))
    }

    /// From here on SIGINT, SIGTERM and SIGHUP no longer end this program at once: it ends az first, and then removes
    /// what must not stay.
    ///
    /// # Errors
    /// When the system does not let signals be caught.
    pub fn new(program: PathBuf) -> io::Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let signal = Arc::new(AtomicUsize::new(0));
        let mut caught = vec![SIGINT, SIGTERM];
        #[cfg(unix)]
        caught.push(signal_hook::consts::SIGHUP);
        for number in caught {
            let value = usize::try_from(number).unwrap_or_default();
            signal_hook::flag::register_usize(number, Arc::clone(&signal), value)?;
        }
        Ok(Az { program, signal })
    }

    /// Runs one step to its end. az gets no standard input: it must not ask anything.
    ///
    /// # Errors
    /// When it cannot be started or waited for.
    pub fn run(&self, step: &Step, echo: Echo, mask: &Mask, console: &Console) -> io::Result<Answer> {
        if let Some(signal) = self.caught() {
            return Ok(Answer { code: 0, out: String::new(), err: String::new(), signal: Some(signal) });
        }
        let mut command = Command::new(&self.program);
        command.args(&step.words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own: a signal then reaches all that az starts, once, and from here.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        std::thread::scope(|scope| {
            let out = scope.spawn(|| {
                pass_on(stdout, mask, |line| {
                    if echo.out {
                        console.out(line)
                    }
                })
            });
            let err = scope.spawn(|| {
                pass_on(stderr, mask, |line| {
                    if echo.err {
                        console.err(line)
                    }
                })
            });
            let status = self.wait(&mut child);
            let text = |thread: std::thread::ScopedJoinHandle<'_, String>| thread.join().unwrap_or_default();
            let (out, err) = (text(out), text(err));
            Ok(Answer { code: code(status?), out, err, signal: self.caught() })
        })
    }

    fn caught(&self) -> Option<u8> {
        u8::try_from(self.signal.load(Ordering::Relaxed)).ok().filter(|&signal| signal != 0)
    }

    /// Waits for az. A signal is passed on to it once; after some patience it is killed.
    fn wait(&self, child: &mut Child) -> io::Result<ExitStatus> {
        let mut told = None;
        let mut looks = 0;
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            let signal = self.caught();
            match (told, signal) {
                (None, Some(signal)) => {
                    told = Some(signal);
                    tell(child, signal);
                }
                (Some(_), _) if looks >= PATIENCE => return kill(child),
                (Some(_), _) => looks += 1,
                (None, None) => {}
            }
            std::thread::sleep(LOOK);
        }
    }
}

#[cfg(unix)]
fn tell(child: &Child, signal: u8) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let signal = match i32::from(signal) {
        signal_hook::consts::SIGINT => Signal::INT,
        signal_hook::consts::SIGHUP => Signal::HUP,
        _ => Signal::TERM,
    };
    // It may have ended meanwhile; then there is nobody to tell.
    let _ = kill_process_group(Pid::from_child(child), signal);
}

/// The console of Windows tells every program in it.
#[cfg(not(unix))]
fn tell(_child: &Child, _signal: u8) {}

fn kill(child: &mut Child) -> io::Result<ExitStatus> {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }
    #[cfg(not(unix))]
    child.kill()?;
    child.wait()
}

/// Reads an output of az line by line to its end, masks each line, passes it on and keeps it.
fn pass_on(from: Option<impl Read>, mask: &Mask, mut echo: impl FnMut(&str)) -> String {
    let mut kept = String::new();
    let Some(from) = from else { return kept };
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(read) if read > 0) {
        let text = mask.apply(&String::from_utf8_lossy(&line));
        echo(&text);
        kept.push_str(&text);
        line.clear();
    }
    kept
}

fn code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX);
    }
    status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX)
}

fn is_program(file: &Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    #[cfg(unix)]
    let executable = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    let executable = true;
    metadata.is_file() && executable
}
