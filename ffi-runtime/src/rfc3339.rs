//! Reads and writes times as RFC 3339 has them: `2026-11-30T20:19:14.5+01:00`.

/// The days of 400 years, after which the calendar repeats, and those from 0000-03-01 to 1970-01-01.
const DAYS_OF_ERA: i64 = 146_097;
const DAYS_BEFORE_1970: i64 = 719_468;

/// Returns the seconds since 1970 and the nanoseconds after those; what is finer is cut toward the past. A leap second
/// is the first of the next minute.
pub fn parse(text: &str) -> Option<(i64, u32)> {
    let mut text = Text(text.as_bytes());
    let (year, month, day) = (text.number(4)?, text.after(b"-")?.number(2)?, text.after(b"-")?.number(2)?);
    let (hour, minute) = (text.after(b"Tt ")?.number(2)?, text.after(b":")?.number(2)?);
    let second = text.after(b":")?.number(2)?;
    let nanos = text.fraction()?;
    let offset = text.offset()?;
    let is_date = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
    let is_time = hour < 24 && minute < 60 && second <= 60;
    (is_date && is_time && text.0.is_empty()).then(|| {
        let minutes = 60 * (24 * days_since_1970(year, month, day) + hour) + minute - offset;
        (60 * minutes + second, nanos)
    })
}

/// Returns the date and the time of day that is so many seconds from 1970, without what follows the seconds:
/// `2026-11-30T20:19:14`; `None` where the year has not four digits.
pub fn format(secs: i64) -> Option<String> {
    let (days, of_day) = (secs.div_euclid(SECONDS_OF_DAY), secs.rem_euclid(SECONDS_OF_DAY));
    let days = days + DAYS_BEFORE_1970;
    let (era, day_of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = 400 * era + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    let text = || format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    (0..10_000).contains(&year).then(text)
}

const SECONDS_OF_DAY: i64 = 86_400;

/// What is left of a text.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    /// Takes one of these characters.
    fn after(&mut self, expected: &[u8]) -> Option<&mut Self> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        expected.contains(first).then_some(self)
    }

    /// Takes a number of so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |value, &digit| digit.is_ascii_digit().then(|| 10 * value + i64::from(digit - b'0')))
    }

    /// Takes a fraction of a second, where there is one.
    fn fraction(&mut self) -> Option<u32> {
        let Some(digits) = self.0.strip_prefix(b".") else { return Some(0) };
        let len = digits.iter().take_while(|digit| digit.is_ascii_digit()).count();
        let (fraction, rest) = digits.split_at(len);
        self.0 = rest;
        let digit = |place| fraction.get(place).map_or(0, |digit| u32::from(digit - b'0'));
        (len > 0).then(|| (0..9).fold(0, |value, place| 10 * value + digit(place)))
    }

    /// Takes the offset from UTC, in minutes.
    fn offset(&mut self) -> Option<i64> {
        let sign = match *self.0.first()? {
            b'Z' | b'z' => {
                self.0 = &self.0[1..];
                return Some(0);
            }
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        self.0 = &self.0[1..];
        let (hours, minutes) = (self.number(2)?, self.after(b":")?.number(2)?);
        (hours < 24 && minutes < 60).then_some(sign * (60 * hours + minutes))
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Counts the days in years that begin in March, so that a leap day is a year's last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = 365 * year_of_era + year_of_era / 4 - year_of_era / 100 + day_of_year;
    DAYS_OF_ERA * era + day_of_era - DAYS_BEFORE_1970
}

#[cfg(test)]
mod tests {
    use super::{format, parse};

    #[test]
    fn times_are_seconds_since_1970() {
        for (text, time) in [
            ("1970-01-01T00:00:00Z", (0, 0)),
            ("1969-12-31T23:59:59.5Z", (-1, 500_000_000)),
            ("2000-02-29t12:30:00.123456789999z", (951_827_400, 123_456_789)),
            ("1996-12-19T16:39:57-08:00", (851_042_397, 0)),
            ("1990-12-31T23:59:60Z", (662_688_000, 0)),
            ("0000-01-01T00:00:00+23:59", (-62_167_305_540, 0)),
            ("9999-12-31 23:59:59.000000001Z", (253_402_300_799, 1)),
        ] {
            assert_eq!(parse(text), Some(time), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for days in (-719_528_i64..2_932_896).step_by(61) {
            let secs = 86_400 * days + days.rem_euclid(86_400);
            let text = format(secs).expect("a year of four digits");
            assert_eq!(parse(&format!("{text}Z")), Some((secs, 0)), "{text}");
        }
        assert_eq!(format(-62_167_219_201), None);
        assert_eq!(format(-62_167_219_200).as_deref(), Some("0000-01-01T00:00:00"));
        assert_eq!(format(253_402_300_799).as_deref(), Some("9999-12-31T23:59:59"));
        assert_eq!(format(253_402_300_800), None);
        assert_eq!((format(i64::MIN), format(i64::MAX)), (None, None));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-1-01T00:00:00Z",
            "1970-00-01T00:00:00Z",
            "1970-13-01T00:00:00Z",
            "1970-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "1970-04-31T00:00:00Z",
            "1970-01-00T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:61Z",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00+24:00",
            "1970-01-01T00:00:00+0100",
            "1970-01-01T00:00:00Z ",
            "+970-01-01T00:00:00Z",
            "1970-01-01T00:00:0\u{e9}Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
