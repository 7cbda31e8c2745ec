//! The table: aligned, so that it reads well as text, and Markdown, so that it can be put elsewhere.

use super::Row;
use super::rounds::Rounds;
use crate::host;

const HEAD: [&str; 6] = ["what", "ours", "UniFFI", "BoltFFI", "ours / best peer (quartiles)", "ahead"];

/// Prints the table.
pub(super) fn show(rows: &[Row], results: &[Rounds]) {
    let cells: Vec<_> = rows.iter().zip(results).map(|(row, rounds)| cells(row, rounds)).collect();
    let cells: Vec<_> = std::iter::once(HEAD.map(str::to_owned)).chain(cells).collect();
    let widths: [usize; HEAD.len()] =
        std::array::from_fn(|column| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let mut lines: Vec<_> = cells.iter().map(|row| line(row, &widths)).collect();
    lines.insert(1, format!("|{}", widths.map(|width| format!("{}|", "-".repeat(width + 2))).concat()));
    println!("{}\n\n{}\n", host::describe(), lines.join("\n"));
    println!("{} rounds; times are medians, ratios are medians of the rounds'", results.first().map_or(0, Vec::len));
}

fn line(row: &[String; HEAD.len()], widths: &[usize; HEAD.len()]) -> String {
    let padded = row.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
    format!("|{}", padded.collect::<String>())
}

fn cells(row: &Row, rounds: &Rounds) -> [String; HEAD.len()] {
    let medians: [f64; 3] = std::array::from_fn(|who| quartiles(rounds.iter().map(|times| times[who]))[1]);
    let best = if medians[1] <= medians[2] { 1 } else { 2 };
    let [low, ratio, high] = quartiles(rounds.iter().map(|times| times[0] / times[best]));
    let ahead = if ratio <= 1.0 { "yes" } else { "no" };
    let [ours, uniffi, boltffi] = medians.map(time);
    let ratio = format!("{ratio:.2} ({low:.2} to {high:.2})");
    [row.name.clone(), ours, uniffi, boltffi, ratio, ahead.to_owned()]
}

/// A time in the unit that suits it.
fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        ..1e6 => format!("{:.1} µs", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
    }
}

/// The quartiles and the median.
fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut ordered: Vec<_> = values.collect();
    ordered.sort_by(f64::total_cmp);
    [0.25, 0.5, 0.75].map(|share| {
        let place = (ordered.len() - 1) as f64 * share;
        let (below, above) = (ordered[place.floor() as usize], ordered[place.ceil() as usize]);
        below + (above - below) * place.fract()
    })
}
