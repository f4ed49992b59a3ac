//! How wide texts are, without a font at hand: as in the widest of those that a chart may be shown
//! in (`DejaVu Sans`), so that in any other there is more room, not less.

/// About how wide a line is.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(|letter| f64::from(percent(letter))).sum::<f64>() / 100.0 * size
}

/// The width of a letter in percent of the font's size.
fn percent(letter: char) -> u8 {
    match letter {
        '\u{300}'..='\u{36f}' => 0,
        '\u{2e80}'.. => 100,
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | 'í' | 'ì' | 'ỉ'
        | 'ị' => 34,
        't' | 'f' | 'r' | '(' | ')' | '-' | '/' => 42,
        'm' | 'w' | 'M' | 'W' | '%' => 98,
        _ if letter.is_uppercase() => 74,
        _ => 62,
    }
}

/// A text in lines of at most a width; a longer word has a line of its own.
pub(super) fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line, size) + width_of(word, size) + size * 0.34 <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// As [`wrapped`], but of at most so many lines, none of them longer: what does not fit is left
/// out, which three dots tell.
pub(super) fn wrapped_within(text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
    let mut lines = wrapped(text, size, width);
    let is_cut = lines.len() > most;
    lines.truncate(most);
    let last = lines.len().saturating_sub(1);
    for (at, line) in lines.iter_mut().enumerate() {
        let is_last_of_more = is_cut && at == last;
        if is_last_of_more || width_of(line, size) > width {
            while !line.is_empty() && width_of(line, size) + size > width {
                line.pop();
            }
            *line = format!("{}…", line.trim_end_matches([' ', ',']));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_there_is_room() {
        let text = "Chuyển đổi số, chính quyền số, an toàn thông tin";
        let lines = wrapped(text, 12.0, 120.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width_of(line, 12.0) <= 120.0));
        assert_eq!(lines.join(" "), text);
        let two = wrapped_within(text, 12.0, 120.0, 2);
        assert!(two.len() == 2 && two[1].ends_with('…') && width_of(&two[1], 12.0) <= 125.0);
        let one = wrapped_within("mộttừdàihơnchỗcóchonó", 12.0, 50.0, 2);
        assert!(one.len() == 1 && one[0].ends_with('…'), "{one:?}");
        assert!(
            wrapped(" ", 12.0, 50.0).is_empty() && wrapped_within("", 12.0, 50.0, 2).is_empty()
        );
    }
}
