//! Drawings, for the screen and for a file alike.

use std::fmt::{Display, Formatter, Write as _};

/// An element of SVG with what lies in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its name.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: Vec<(&'static str, String)>,
    /// Its text.
    pub text: String,
    /// What lies in it, the lowest first.
    pub inner: Vec<Self>,
}

impl Shape {
    /// An element of that name with nothing in it.
    pub fn new(tag: &'static str) -> Self {
        Self { tag, attributes: Vec::new(), text: String::new(), inner: Vec::new() }
    }

    /// With one more attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Display) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    /// With a text.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }

    /// With more elements in it, above those that are there.
    #[must_use]
    pub fn holding(mut self, inner: impl IntoIterator<Item = Self>) -> Self {
        self.inner.extend(inner);
        self
    }
}

/// As XML.
impl Display for Shape {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}", self.tag)?;
        for (name, value) in &self.attributes {
            write!(f, " {name}=\"")?;
            write_escaped(f, value)?;
            f.write_char('"')?;
        }
        f.write_char('>')?;
        write_escaped(f, &self.text)?;
        self.inner.iter().try_for_each(|shape| shape.fmt(f))?;
        write!(f, "</{}>", self.tag)
    }
}

/// Writes a text as XML has it; control characters, which XML cannot carry, are left out.
fn write_escaped(f: &mut Formatter<'_>, text: &str) -> std::fmt::Result {
    for letter in text.chars() {
        match letter {
            '&' => f.write_str("&amp;")?,
            '<' => f.write_str("&lt;")?,
            '>' => f.write_str("&gt;")?,
            '"' => f.write_str("&quot;")?,
            '\u{fffe}' | '\u{ffff}' => {}
            '\t' | '\n' => f.write_char(letter)?,
            _ if letter.is_control() => {}
            _ => f.write_char(letter)?,
        }
    }
    Ok(())
}

/// A text in lines of at most so many small letters; a longer word has a line of its own.
///
/// How wide a font is, is not known here: a capital counts for one and a half, a letter of the
/// scripts of East Asia for two.
pub fn in_lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if halves(line) + 2 + halves(word) <= 2 * letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// About how wide a text is, in halves of a small letter.
fn halves(text: &str) -> usize {
    let half = |letter: char| match letter {
        '\u{2e80}'.. => 4,
        _ if letter.is_uppercase() => 3,
        _ => 2,
    };
    text.chars().map(half).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_cannot_break_a_drawing() {
        let shape = Shape::new("text").with("class", "a\"b").saying("<b> & \u{1}\u{b}c");
        assert_eq!(shape.to_string(), "<text class=\"a&quot;b\">&lt;b&gt; &amp; c</text>");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(in_lines("ra quyết định  và chịu", 13), ["ra quyết định", "và chịu"]);
        assert_eq!(in_lines("RA QUYẾT định", 13), ["RA QUYẾT", "định"]);
        assert_eq!(in_lines("a dài-hơn-dòng b", 5), ["a", "dài-hơn-dòng", "b"]);
        assert_eq!(in_lines(" ", 5), Vec::<String>::new());
    }
}
