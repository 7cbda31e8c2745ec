//! A field that cannot be sent, in a record that is used everywhere.

use ffi_runtime::ffi;
use std::rc::Rc;

ffi_runtime::library!("lib", shared);

#[ffi(state)]
pub struct State;

#[ffi(ctor)]
pub fn lib_create() -> State {
    State
}

#[ffi(dtor)]
pub fn lib_destroy(_state: State) {}

#[ffi]
pub struct Song {
    pub title: Rc<String>,
    pub length: u32,
}

#[ffi]
pub struct Album {
    pub songs: Vec<Song>,
}

#[ffi]
pub async fn lib_add(_state: &State, _song: Song) -> Option<Album> {
    None
}

#[ffi(inline)]
pub async fn lib_find(_state: &State, _album: Album) -> Result<Song, String> {
    Err(String::new())
}

#[ffi(event)]
pub fn on_song(song: Song);

#[ffi(event)]
pub fn on_songs(songs: Vec<Song>, count: u32);

fn main() {}
