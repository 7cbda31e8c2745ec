use ffi_runtime::ffi;

/// A song.
#[ffi]
pub struct Song {
    /// What it is called.
    pub title: String,
    pub seconds: u32,
    pub album: Option<String>,
}
