use ffi_runtime::ffi;

pub struct Player;

/// Waits for the end.
#[ffi(library = "player")]
pub async fn player_wait(player: &Player) {
    let _ = player;
}
