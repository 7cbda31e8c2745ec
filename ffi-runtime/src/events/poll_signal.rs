//! A descriptor that is readable while something is ready to be dispatched.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd, RawFd};

/// An `eventfd` on Linux, a pipe elsewhere; close-on-exec and never blocking.
#[derive(Debug)]
pub(super) struct PollSignal {
    readable: OwnedFd,
    #[cfg(not(target_os = "linux"))]
    writable: OwnedFd,
    is_raised: bool,
}

impl PollSignal {
    /// Not raised.
    ///
    /// # Errors
    /// The system's, where it has no descriptor to give.
    #[cfg(target_os = "linux")]
    pub(super) fn new() -> io::Result<Self> {
        use std::os::fd::FromRawFd;
        // SAFETY: no memory is involved.
        let made = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        if made < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor was just made and is nobody else's.
        Ok(Self { readable: unsafe { OwnedFd::from_raw_fd(made) }, is_raised: false })
    }

    /// Not raised.
    ///
    /// # Errors
    /// The system's, where it has no descriptors to give.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn new() -> io::Result<Self> {
        let (reader, writer) = io::pipe()?;
        let signal = Self { readable: reader.into(), writable: writer.into(), is_raised: false };
        for end in [&signal.readable, &signal.writable] {
            // SAFETY: the descriptor is open; no memory is involved.
            let flags = unsafe { libc::fcntl(end.as_raw_fd(), libc::F_GETFL) };
            // SAFETY: as above.
            if flags < 0 || unsafe { libc::fcntl(end.as_raw_fd(), libc::F_SETFL, flags | libc::O_NONBLOCK) } < 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(signal)
    }

    /// What a host polls.
    pub(super) fn descriptor(&self) -> RawFd {
        self.readable.as_raw_fd()
    }

    /// Makes the descriptor readable, or not.
    pub(super) fn set(&mut self, is_ready: bool) {
        if self.is_raised != is_ready {
            self.is_raised = is_ready;
            if is_ready { self.raise() } else { self.lower() }
        }
    }

    fn raise(&self) {
        #[cfg(target_os = "linux")]
        let end = &self.readable;
        #[cfg(not(target_os = "linux"))]
        let end = &self.writable;
        let one = 1_u64.to_ne_bytes();
        // SAFETY: the bytes are readable. It does not fail: there is room for one raise.
        let _ = unsafe { libc::write(end.as_raw_fd(), one.as_ptr().cast(), one.len()) };
    }

    fn lower(&self) {
        let mut bytes = [0_u8; 8];
        // SAFETY: the bytes are writable. What is read is what was written for one raise.
        let _ = unsafe { libc::read(self.readable.as_raw_fd(), bytes.as_mut_ptr().cast(), bytes.len()) };
    }
}
