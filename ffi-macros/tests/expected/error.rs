/// Why a file was not read.
#[ffi(error)]
pub struct Unread {
    pub path: String,
    #[ffi(text)]
    pub cause: std::io::Error,
}

/// Why nothing was stored.
#[ffi(error, flat)]
#[repr(u8)]
pub enum Storage {
    Full { left: u64 },
    /// It cannot be written.
    Broken(std::io::Error) = 28,
    Unknown,
}

/// Why nobody came.
#[ffi(error)]
pub enum Absent {
    Ill,
    Away,
}
