use ffi_runtime::ffi;

ffi_runtime::library!("player");

#[ffi(state)]
pub struct Player {
    volume: f64,
}

#[ffi]
pub struct Song {
    pub title: String,
    pub seconds: u32,
    pub album: Option<String>,
}

#[ffi]
pub struct Album {
    pub title: String,
    pub songs: Vec<Song>,
    pub year: i32,
}

#[ffi]
pub struct Artist {
    pub name: String,
    pub albums: Vec<Album>,
}

#[ffi]
pub struct Position {
    pub song: u32,
    pub seconds: f64,
}

#[ffi]
pub struct Settings {
    pub volume: f64,
    pub repeat: bool,
    pub shuffle: bool,
    pub device: Option<String>,
}

#[ffi(ctor)]
pub fn player_create(settings: Settings) -> Result<Player, String> {
    Ok(Player { volume: settings.volume })
}

#[ffi]
pub fn player_add_song(player: &mut Player, song: Song) -> Result<u32, String> {
    let _ = player;
    Ok(song.seconds)
}

#[ffi]
pub fn player_add_album(player: &mut Player, album: Album) -> Result<u32, String> {
    let _ = player;
    Ok(album.songs.len() as u32)
}

#[ffi]
pub fn player_remove(player: &mut Player, song: u32) {
    let _ = (player, song);
}

#[ffi]
pub fn player_artists(player: &Player) -> Vec<Artist> {
    let _ = player;
    Vec::new()
}

#[ffi]
pub fn player_find(player: &Player, title: String, limit: u32) -> Vec<Song> {
    let _ = (player, title, limit);
    Vec::new()
}

#[ffi]
pub fn player_position(player: &Player) -> Option<Position> {
    let _ = player;
    None
}

#[ffi]
pub fn player_seek(player: &mut Player, position: Position) -> Result<(), String> {
    let _ = (player, position);
    Ok(())
}

#[ffi]
pub fn player_set_volume(player: &mut Player, volume: f64) {
    player.volume = volume;
}

#[ffi]
pub async fn player_play(player: &Player, song: u32) -> Result<Position, String> {
    let _ = player;
    Ok(Position { song, seconds: 0.0 })
}

#[ffi]
pub async fn player_wait(player: &Player) {
    let _ = player;
}

#[ffi(dtor)]
pub fn player_destroy(player: Player) {
    drop(player);
}
