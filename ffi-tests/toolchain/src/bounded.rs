//! Programs that end, one way or another.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long a program may run. It is there for what hangs, and far above what anything takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(1_200);

/// The signals whose dispositions a program has from whoever started the tests: `nohup` and a shell's background
/// jobs ignore some.
const SIGNALS: [libc::c_int; 9] = [
    libc::SIGHUP,
    libc::SIGINT,
    libc::SIGQUIT,
    libc::SIGPIPE,
    libc::SIGALRM,
    libc::SIGTERM,
    libc::SIGCHLD,
    libc::SIGUSR1,
    libc::SIGUSR2,
];

/// Runs a program with a bound on its time, and with signals as they are by default.
pub trait Bounded {
    /// Runs it to its end, with nothing to read, and gives what it said. What takes longer than any program may is
    /// killed, with all that it started.
    fn bounded(&mut self) -> io::Result<Output>;

    /// The same with another bound.
    fn bounded_by(&mut self, limit: Duration) -> io::Result<Output>;
}

impl Bounded for Command {
    fn bounded(&mut self) -> io::Result<Output> {
        self.bounded_by(LIMIT)
    }

    fn bounded_by(&mut self, limit: Duration) -> io::Result<Output> {
        self.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let (child, _bound) = begin(self, limit)?;
        child.wait_with_output()
    }
}

/// Starts the program in a group of its own, and a thread that ends the group where what is given beside the
/// program lives for too long.
fn begin(command: &mut Command, limit: Duration) -> io::Result<(Child, Sender<()>)> {
    command.process_group(0);
    // SAFETY: it calls what may be called between `fork` and `exec`, and touches no memory but its own.
    unsafe { command.pre_exec(default_signals) };
    // SAFETY: the default action is valid. Where this process was started with the signal ignored, it could not wait.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
    let child = command.spawn()?;
    let group = libc::pid_t::try_from(child.id()).expect("a process's number");
    let (bound, ended) = channel::<()>();
    thread::spawn(move || {
        if ended.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            eprintln!("a program was killed, since it ran for {} s", limit.as_secs());
            // SAFETY: it takes two numbers. The group is there: its leader has not been waited for.
            unsafe { libc::kill(-group, libc::SIGKILL) };
        }
    });
    Ok((child, bound))
}

/// Sets the dispositions that a program has where a shell starts it, and blocks nothing.
fn default_signals() -> io::Result<()> {
    for signal in SIGNALS {
        // SAFETY: the default action is valid for each of them.
        if unsafe { libc::signal(signal, libc::SIG_DFL) } == libc::SIG_ERR {
            return Err(io::Error::last_os_error());
        }
    }
    let mut none = std::mem::MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: it fills the set.
    unsafe { libc::sigemptyset(none.as_mut_ptr()) };
    // SAFETY: the set was filled, and the old one is not asked for.
    match unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, none.as_ptr(), std::ptr::null_mut()) } {
        0 => Ok(()),
        error => Err(io::Error::from_raw_os_error(error)),
    }
}
