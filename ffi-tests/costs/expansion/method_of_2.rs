use ffi_runtime::ffi;

pub struct Player;

/// Sets the volume.
#[ffi(library = "player")]
pub fn player_set_volume(player: &mut Player, channel: u32, volume: f64) -> Result<f64, String> {
    let _ = (player, channel);
    Ok(volume)
}
