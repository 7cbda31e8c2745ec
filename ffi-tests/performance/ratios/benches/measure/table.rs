//! The table: aligned, so that it reads well as text, and Markdown, so that it can be put elsewhere.

use super::Goal;
use super::rounds::{Plan, Row};
use crate::machine;
use std::fs;
use std::path::Path;

const HEAD: [&str; 6] = ["what", "floor, same run", "floor takes", "ratio (quartiles)", "goal", "met"];

/// Prints the table. If it is of enough rounds to be kept, it is written where cargo builds too.
///
/// # Panics
/// Panics where the file cannot be written.
pub(crate) fn show(rows: &[Row], plan: &Plan) {
    let text = format!("{}\n\n{}\n", machine::describe(), lines(rows).join("\n"));
    let rounds = rows.iter().map(|row| row.ratios.len()).min().unwrap_or(0);
    println!("\n{text}\n{rounds} rounds of samples of {:?}", plan.sample);
    if plan.is_kept {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-table.md");
        fs::write(&path, text).expect("the table is written");
        println!("written to {}", path.display());
    }
}

/// The table's lines.
fn lines(rows: &[Row]) -> Vec<String> {
    let cells: Vec<_> = std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(cells)).collect();
    let widths: [usize; HEAD.len()] =
        std::array::from_fn(|column| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let mut lines: Vec<_> = cells.iter().map(|row| line(row, &widths)).collect();
    lines.insert(1, format!("|{}", widths.map(|width| format!("{}|", "-".repeat(width + 2))).concat()));
    lines
}

fn line(cells: &[String; HEAD.len()], widths: &[usize; HEAD.len()]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} |"));
    format!("|{}", padded.collect::<String>())
}

fn cells(row: &Row) -> [String; HEAD.len()] {
    let [low, ratio, high] = quartiles(&row.ratios);
    let [_, floor, _] = quartiles(&row.floors);
    let is_met = row.goal.is_met(ratio);
    let met = match row.reason {
        _ if is_met => "yes".to_owned(),
        Some(reason) => format!("no: {reason}"),
        None => "no".to_owned(),
    };
    let goal = match row.goal {
        Goal::TimeAtMost(most) => format!("≤ {most:.2}"),
        Goal::ThroughputAtLeast(least) => format!("≥ {least:.2}"),
    };
    let ratio = format!("{ratio:.2} ({low:.2} to {high:.2})");
    [row.name.to_owned(), row.floor_name.to_owned(), time(floor), ratio, goal, met]
}

/// A time in the unit that suits it.
fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        ..1e6 => format!("{:.1} µs", nanoseconds / 1e3),
        _ => format!("{:.1} ms", nanoseconds / 1e6),
    }
}

/// The quartiles and the median of what is in order.
fn quartiles(ordered: &[f64]) -> [f64; 3] {
    [0.25, 0.5, 0.75].map(|share| {
        let place = (ordered.len() - 1) as f64 * share;
        let (below, above) = (ordered[place.floor() as usize], ordered[place.ceil() as usize]);
        below + (above - below) * place.fract()
    })
}
