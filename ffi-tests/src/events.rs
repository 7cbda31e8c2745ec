//! Events with every kind of payload, and handlers that fire them.

use crate::Every;
use crate::everything::{Block, Everything, Level, Page, Point, Shelf, Sign};
use crate::misuse::Labelled;
use ffi_runtime::ffi;
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// It happened.
#[ffi(event)]
pub fn on_nothing();

/// A number.
#[ffi(event)]
pub fn on_number(number: i64);

/// A text.
#[ffi(event)]
pub fn on_text(text: String);

/// Bytes.
#[ffi(event)]
pub fn on_blob(blob: Vec<u8>);

/// A level, by a name that its function does not have.
#[ffi(event = "level_changed")]
pub fn on_level(level: Level);

/// Places.
#[ffi(event)]
pub fn on_points(points: Vec<Point>);

/// A number, if there is one.
#[ffi(event)]
pub fn on_maybe(number: Option<i64>);

/// Every type.
#[ffi(event)]
pub fn on_everything(everything: Everything);

/// A block.
#[ffi(event)]
pub fn on_block(block: Block);

/// A page, which holds blocks, beside a sign.
#[ffi(event)]
pub fn on_page(page: Page, sign: Sign);

/// A shelf, beside the time.
#[ffi(event)]
pub fn on_shelf(shelf: Shelf, at: SystemTime);

/// A map, which is the whole payload.
#[ffi(event)]
pub fn on_scores(scores: BTreeMap<String, u32>);

/// Several values at once.
///
/// They travel as one record.
#[ffi(event, rename_all = "camelCase")]
pub fn on_several(
    /// Which one.
    which_one: u32,
    text: String,
    #[ffi(rename = "class")] point: Option<Point>,
);

/// A text as a field.
#[ffi(event)]
pub fn on_labelled(labelled: Labelled);

/// Of another library, which this one does not list.
#[ffi(event, library = "another")]
pub fn on_elsewhere(number: i64);

/// Fires `on_block`.
#[ffi]
pub fn every_fire_block(_every: &Every, block: Block) {
    on_block(block);
}

/// Fires `on_page`.
#[ffi]
pub fn every_fire_page(_every: &Every, page: Page, sign: Sign) {
    on_page(page, sign);
}

/// Fires `on_shelf` and `on_scores`.
#[ffi]
pub fn every_fire_shelf(_every: &Every, shelf: Shelf, at: SystemTime, scores: BTreeMap<String, u32>) {
    on_shelf(shelf, at);
    on_scores(scores);
}

/// Fires `on_nothing`.
#[ffi]
pub fn every_fire_nothing(_every: &Every) {
    on_nothing();
}

/// Fires `on_number` for as many numbers from the first on.
#[ffi]
pub fn every_fire_numbers(_every: &Every, from: i64, count: u32) {
    (from..).take(count as usize).for_each(on_number);
}

/// The same with a wait after each.
#[ffi]
pub async fn every_fire_numbers_slowly(_every: &Every, from: i64, count: u32, wait_ms: u64) {
    for number in (from..).take(count as usize) {
        on_number(number);
        tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    }
}

/// The same from a handler that runs alone.
#[ffi]
pub fn every_fire_numbers_exclusively(_every: &mut Every, from: i64, count: u32) {
    (from..).take(count as usize).for_each(on_number);
}

/// Fires `on_text`.
#[ffi]
pub fn every_fire_text(_every: &Every, text: String) {
    on_text(text);
}

/// Fires `on_text` with a NUL inside.
#[ffi]
pub fn every_fire_text_with_nul(_every: &Every) {
    on_text("a\0b".to_owned());
}

/// Fires `on_blob`.
#[ffi]
pub async fn every_fire_blob(_every: &Every, blob: Vec<u8>) {
    on_blob(blob);
}

/// Fires `level_changed`.
#[ffi]
pub fn every_fire_level(_every: &Every, level: Level) {
    on_level(level);
}

/// Fires `on_points`.
#[ffi]
pub fn every_fire_points(_every: &Every, points: Vec<Point>) {
    on_points(points);
}

/// Fires `on_maybe`.
#[ffi]
pub fn every_fire_maybe(_every: &Every, number: Option<i64>) {
    on_maybe(number);
}

/// Fires `on_everything`.
#[ffi]
pub async fn every_fire_everything(_every: &Every, everything: Everything) {
    tokio::task::yield_now().await;
    on_everything(everything);
}

/// Fires `on_several`.
#[ffi]
pub fn every_fire_several(_every: &Every, which: u32, text: String, point: Option<Point>) {
    on_several(which, text, point);
}

/// Fires `on_labelled`.
#[ffi]
pub fn every_fire_labelled(_every: &Every, label: String) {
    on_labelled(Labelled { label });
}

/// Fires `on_labelled` with a NUL inside.
#[ffi]
pub fn every_fire_labelled_with_nul(_every: &Every) {
    on_labelled(Labelled { label: "a\0b".to_owned() });
}

/// Fires the event of another library, which nobody here hears.
#[ffi]
pub fn every_fire_elsewhere(_every: &Every, number: i64) {
    on_elsewhere(number);
}
