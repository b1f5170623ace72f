//! Dates and times, all in UTC, with the formats of .NET in its invariant culture.

use super::super::budget::Budget;
use super::super::fault::Fault;
use super::super::value::Value;
use super::arguments::Arguments;

const DAY: i64 = 86_400;

/// The first and the last second that .NET knows: the years 1 to 9999.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// `dateTimeAdd`: a year is 365 days and a month 30 (documented). Without a format the result is in ISO 8601.
pub fn add(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("dateTimeAdd", values);
    let (base, duration) = (arguments.text(0)?, arguments.text(1)?);
    let moment = read(arguments, base)?;
    if moment.offset != 0 {
        return Err(arguments.unknown("what becomes of an offset from UTC is not documented"));
    }
    let added = read_duration(duration).ok_or_else(|| {
        arguments.unknown(format!("'{duration}' is no duration of years, months, days, hours, minutes and seconds"))
    })?;
    let seconds = moment.seconds.checked_add(added).filter(|seconds| RANGE.contains(seconds));
    let seconds = seconds.ok_or_else(|| arguments.fault("the result lies outside the years 1 to 9999"))?;
    let format = if values.len() > 2 { &**arguments.text(2)? } else { ISO };
    written(arguments, seconds, format).map(Value::from)
}

/// `dateTimeFromEpoch`: seconds since 1970 in ISO 8601.
pub fn from_epoch(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("dateTimeFromEpoch", values);
    let seconds = arguments.int(0)?;
    if !RANGE.contains(&seconds) {
        return Err(arguments.fault("the result lies outside the years 1 to 9999"));
    }
    written(arguments, seconds, ISO).map(Value::from)
}

/// `dateTimeToEpoch`: the seconds since 1970.
pub fn to_epoch(values: &[Value], _: &mut Budget) -> Result<Value, Fault> {
    let arguments = Arguments::of("dateTimeToEpoch", values);
    let moment = read(arguments, arguments.text(0)?)?;
    Ok(Value::Int(moment.seconds - moment.offset))
}

const ISO: &str = "yyyy-MM-ddTHH:mm:ssZ";

/// The format that `utcNow` has without an argument (documented).
pub const UTC_NOW_FORMAT: &str = "yyyyMMddTHHmmssZ";

/// A moment in a standard or custom format of .NET, for `utcNow`.
///
/// # Errors
/// If the format has a part that this does not know.
pub fn format_utc(seconds_since_1970: i64, format: &str) -> Result<String, Fault> {
    written(Arguments::of("utcNow", &[]), seconds_since_1970, format)
}

struct Moment {
    /// As written, since 1970.
    seconds: i64,
    /// From UTC, in seconds.
    offset: i64,
}

/// Digits at the front of a text, taken off one field after the other.
struct Reader<'a>(&'a str);

impl Reader<'_> {
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (field, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        field.bytes().all(|byte| byte.is_ascii_digit()).then(|| field.parse().ok()).flatten()
    }

    fn eat(&mut self, sign: char) -> bool {
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

/// A date and time of ISO 8601 in the extended (`2023-05-02T15:16:13Z`) or the basic form (`20230502T151613Z`), or as .NET
/// writes it with `u` (`2023-05-02 15:16:13Z`). It has to say where it is: what Resource Manager makes of one that does not
/// is not documented.
fn read(arguments: Arguments, text: &str) -> Result<Moment, Fault> {
    let no_date = || arguments.unknown(format!("'{text}' is no date and time like 2023-05-02T15:16:13Z"));
    let mut reader = Reader(text);
    let moment = read_fields(&mut reader).filter(|_| reader.0.is_empty()).ok_or_else(no_date)?;
    if !RANGE.contains(&(moment.seconds - moment.offset)) {
        return Err(no_date());
    }
    Ok(moment)
}

fn read_fields(reader: &mut Reader) -> Option<Moment> {
    let year = reader.number(4).filter(|year| *year > 0)?;
    let extended = reader.eat('-');
    let month = reader.number(2).filter(|month| (1..=12).contains(month))?;
    if extended && !reader.eat('-') {
        return None;
    }
    let day = reader.number(2).filter(|day| (1..=month_length(year, month)).contains(day))?;
    if !(reader.eat('T') || extended && reader.eat(' ')) {
        return None;
    }
    let hour = reader.number(2).filter(|hour| *hour < 24)?;
    let colon = |reader: &mut Reader| !extended || reader.eat(':');
    let minute = colon(reader).then(|| reader.number(2)).flatten().filter(|minute| *minute < 60)?;
    let second = colon(reader).then(|| reader.number(2)).flatten().filter(|second| *second < 60)?;
    let offset = if reader.eat('Z') { 0 } else { read_offset(reader)? };
    Some(Moment { seconds: days(year, month, day) * DAY + hour * 3600 + minute * 60 + second, offset })
}

/// `+02:00` in seconds.
fn read_offset(reader: &mut Reader) -> Option<i64> {
    let sign = if reader.eat('+') { 1 } else { reader.eat('-').then_some(-1)? };
    let hours = reader.number(2).filter(|hours| *hours <= 14)?;
    reader.eat(':').then_some(())?;
    let minutes = reader.number(2).filter(|minutes| *minutes < 60)?;
    Some(sign * (hours * 3600 + minutes * 60))
}

/// A duration of ISO 8601 (`P1Y2M3DT4H5M6S`, `-P9D`) in seconds.
fn read_duration(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (date, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((_, "")) => return None,
        Some((date, time)) => (date, time),
        None => (text.strip_prefix('P')?, ""),
    };
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let date = read_units(date, &[('Y', 365 * DAY), ('M', 30 * DAY), ('D', DAY)])?;
    let time = read_units(time, &[('H', 3600), ('M', 60), ('S', 1)])?;
    date.checked_add(time)?.checked_mul(sign)
}

/// Numbers with their units, each unit at most once and in this order.
fn read_units(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0i64;
    for (unit, size) in units {
        if let Some((number, rest)) = text.split_once(*unit) {
            let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let number: i64 = digits.then(|| number.parse().ok()).flatten()?;
            sum = sum.checked_add(number.checked_mul(*size)?)?;
            text = rest;
        }
    }
    text.is_empty().then_some(sum)
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + i64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. Years begin in March here, so that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let in_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468
}

/// A date and time by its fields.
struct Fields {
    year: i64,
    month: usize,
    day: i64,
    /// 0 is Sunday.
    weekday: usize,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Fields {
    fn of(seconds: i64) -> Self {
        let (day_number, time) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        // Too early by a few years at most, never too late, on both sides of 1970.
        let mut year = 1970 + day_number.div_euclid(366).min(day_number.div_euclid(365));
        while days(year + 1, 1, 1) <= day_number {
            year += 1;
        }
        let mut month = 1;
        while month < 12 && days(year, month + 1, 1) <= day_number {
            month += 1;
        }
        Fields {
            year,
            month: month as usize,
            day: day_number - days(year, month, 1) + 1,
            weekday: (day_number + 4).rem_euclid(7) as usize,
            hour: time / 3600,
            minute: time / 60 % 60,
            second: time % 60,
        }
    }
}

const MONTHS: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A moment in a format of .NET: one letter names a standard format, all else is a custom one.
fn written(arguments: Arguments, seconds: i64, format: &str) -> Result<String, Fault> {
    let custom = match format {
        "d" => "MM/dd/yyyy",
        "D" => "dddd, dd MMMM yyyy",
        "t" => "HH:mm",
        "T" => "HH:mm:ss",
        "f" => "dddd, dd MMMM yyyy HH:mm",
        "F" | "U" => "dddd, dd MMMM yyyy HH:mm:ss",
        "g" => "MM/dd/yyyy HH:mm",
        "G" => "MM/dd/yyyy HH:mm:ss",
        "m" | "M" => "MMMM dd",
        "o" | "O" => "yyyy-MM-ddTHH:mm:ss.fffffffK",
        "r" | "R" => "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "s" => "yyyy-MM-ddTHH:mm:ss",
        "u" => "yyyy-MM-dd HH:mm:ss'Z'",
        "y" | "Y" => "yyyy MMMM",
        custom if custom.chars().count() > 1 => custom,
        other => return Err(arguments.fault(format!("'{other}' is no standard format of dates"))),
    };
    custom_format(&Fields::of(seconds), custom)
        .ok_or_else(|| arguments.unknown(format!("the format '{format}' has a part whose result is not known")))
}

fn custom_format(fields: &Fields, format: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        let run = rest.chars().take_while(|c| *c == first).count();
        let (taken, behind) = match first {
            '\'' | '"' => {
                let (text, behind) = rest.get(1..)?.split_once(first)?;
                out.push_str(text);
                rest = behind;
                continue;
            }
            '\\' => {
                let c = rest.chars().nth(1)?;
                out.push(c);
                rest = rest.get(1 + c.len_utf8()..)?;
                continue;
            }
            _ => rest.split_at_checked(run * first.len_utf8())?,
        };
        out.push_str(&field(fields, first, run, taken)?);
        rest = behind;
    }
    Some(out)
}

/// What a run of one letter of a custom format stands for.
fn field(fields: &Fields, letter: char, run: usize, literal: &str) -> Option<String> {
    let number = |value: i64, most: usize| (run <= most).then(|| format!("{value:0run$}"));
    let name = |names: &[&str], at: usize| {
        let name = names.get(at).copied().unwrap_or_default();
        if run == 3 { name.chars().take(3).collect() } else { name.to_owned() }
    };
    match letter {
        'y' if run <= 2 => number(fields.year % 100, 2),
        'y' => number(fields.year, 8),
        'M' if run > 2 => Some(name(&MONTHS, fields.month)),
        'M' => number(fields.month as i64, 2),
        'd' if run > 2 => Some(name(&WEEKDAYS, fields.weekday)),
        'd' => number(fields.day, 2),
        'H' => number(fields.hour, 2),
        'h' => number((fields.hour + 11) % 12 + 1, 2),
        'm' => number(fields.minute, 2),
        's' => number(fields.second, 2),
        // Moments are whole seconds here.
        'f' => (run <= 7).then(|| "0".repeat(run)),
        't' => Some((if fields.hour < 12 { "AM" } else { "PM" }).chars().take(run).collect()),
        'K' => Some("Z".repeat(run)),
        'F' | 'g' | 'z' | '%' => None,
        _ => Some(literal.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_is_read_and_written_back() {
        for day in days(1999, 1, 1)..days(2401, 1, 1) {
            let text = format_utc(day * DAY + 1, ISO).expect("a known format");
            let moment = read(Arguments::of("", &[]), &text).expect(&text);
            assert_eq!(moment.seconds, day * DAY + 1, "{text}");
        }
        assert_eq!(format_utc(*RANGE.start(), ISO).as_deref(), Ok("0001-01-01T00:00:00Z"));
        assert_eq!(format_utc(*RANGE.end(), ISO).as_deref(), Ok("9999-12-31T23:59:59Z"));
    }
}
