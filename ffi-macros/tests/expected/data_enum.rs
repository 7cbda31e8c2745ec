/// What happened in a store.
#[ffi(rename_all = "snake_case")]
pub enum Change {
    /// Everything is gone.
    Cleared,
    /// This one is new.
    Added(Entry),
    Moved(u32, u32),
    /// It has other contents.
    #[ffi(rename_all = "camelCase")]
    Edited {
        /// Which one.
        at_place: u32,
        earlier: Option<Box<Self>>,
    },
}
