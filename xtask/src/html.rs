//! Just enough HTML to find the elements of a page that trunk wrote.
//!
//! It reads opening tags, their attributes, and the raw text of script and style elements; it
//! builds no tree. Every byte of the page is in exactly one piece, so joining the pieces gives the
//! page again.

/// A stretch of the page.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// An opening tag; for script and style the whole element.
    Element(Element<'a>),
    /// Text, a closing tag, a comment or the doctype.
    Other(&'a str),
}

impl<'a> Piece<'a> {
    pub fn element(&self) -> Option<&Element<'a>> {
        match self {
            Self::Element(element) => Some(element),
            Self::Other(_) => None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Element<'a> {
    pub source: &'a str,
    pub name: &'a str,
    pub attributes: Vec<(&'a str, &'a str)>,
    /// What stands between the tags of a script or style element.
    pub body: Option<&'a str>,
}

impl<'a> Element<'a> {
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| *value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }

    /// The address that a browser would fetch on seeing this element.
    pub fn fetched(&self) -> Option<&'a str> {
        // A link that somebody may click fetches nothing by itself.
        let names: &[&str] =
            if self.name == "a" { &[] } else { &["src", "href", "srcset", "data"] };
        let mut addresses = names.iter().filter_map(|name| self.attribute(name));
        addresses.find(|address| !address.starts_with("data:") && !address.starts_with('#'))
    }
}

/// Cuts a page into its pieces.
pub fn parse(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while !rest.is_empty() {
        let (piece, after) = next_piece(rest);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

fn next_piece(from: &str) -> (Piece<'_>, &str) {
    let other = |end: usize| {
        let (source, after) = from.split_at(end);
        (Piece::Other(source), after)
    };
    if !from.starts_with('<') {
        return other(from.find('<').unwrap_or(from.len()));
    }
    if from.starts_with("<!--") {
        return other(from.find("-->").map_or(from.len(), |at| at + 3));
    }
    if !from[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return other(from.find('>').map_or(from.len(), |at| at + 1));
    }
    opening_tag(from)
}

fn opening_tag(from: &str) -> (Piece<'_>, &str) {
    let name_end = from[1..].find(ends_name).map_or(from.len(), |at| at + 1);
    let name = &from[1..name_end];
    let (attributes, after_tag) = attributes(&from[name_end..]);

    let raw = matches!(name, "script" | "style");
    let closing = format!("</{name}>");
    let body = raw.then(|| &after_tag[..after_tag.find(&closing).unwrap_or(after_tag.len())]);
    let after = body.map_or(after_tag, |body| {
        let after_body = &after_tag[body.len()..];
        after_body.strip_prefix(closing.as_str()).unwrap_or(after_body)
    });

    let source = &from[..from.len() - after.len()];
    (Piece::Element(Element { source, name, attributes, body }), after)
}

/// The attributes from behind a tag's name, and what follows the tag.
fn attributes(mut rest: &str) -> (Vec<(&str, &str)>, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (attributes, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let (name, after_name) =
            rest.split_at(rest.find(|c| ends_name(c) || c == '=').unwrap_or(rest.len()));
        let (value, after) = value(after_name);
        attributes.push((name, value));
        rest = after;
    }
}

/// The value behind an attribute's name: empty where there is none.
fn value(rest: &str) -> (&str, &str) {
    let Some(rest) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return ("", rest);
    };
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    rest.split_at(rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len()))
}

fn ends_name(c: char) -> bool {
    c.is_ascii_whitespace() || c == '>' || c == '/'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_element(page: &str) -> Element<'_> {
        let mut elements = parse(page).into_iter().filter_map(|piece| match piece {
            Piece::Element(element) => Some(element),
            Piece::Other(_) => None,
        });
        let element = elements.next().unwrap();
        assert_eq!(elements.next(), None);
        element
    }

    #[test]
    fn attributes_may_be_quoted_either_way_or_not_at_all_or_have_no_value() {
        let link = only_element("<link rel=icon href=\"a b\" title='>' data-site-only />");
        assert_eq!(link.name, "link");
        assert_eq!(
            link.attributes,
            [("rel", "icon"), ("href", "a b"), ("title", ">"), ("data-site-only", "")]
        );
    }

    #[test]
    fn a_script_is_one_piece_whatever_is_in_it() {
        let script = only_element("<script type=module>if (a<b) f('<p>');</script>\n");
        assert_eq!(script.body, Some("if (a<b) f('<p>');"));
    }

    #[test]
    fn tags_in_comments_are_not_elements() {
        assert_eq!(parse("<!-- <link rel=x> -->"), [Piece::Other("<!-- <link rel=x> -->")]);
    }

    #[test]
    fn the_pieces_joined_are_the_page_again() {
        let page = "<!doctype html>\n<html><!-- c --><head a='1'><style>p{}</style></head>\n\
                    <body><div id=app></div>1 < 2<script src=x></script></body></html>\n<br";
        let again: String = parse(page)
            .iter()
            .map(|piece| {
                piece.element().map_or_else(
                    || match piece {
                        Piece::Other(source) => *source,
                        Piece::Element(_) => "",
                    },
                    |element| element.source,
                )
            })
            .collect();
        assert_eq!(again, page);
    }

    #[test]
    fn a_link_to_click_fetches_nothing_and_a_data_address_neither() {
        assert_eq!(only_element("<a href='https://example.org'>").fetched(), None);
        assert_eq!(only_element("<link rel=icon href='data:,'>").fetched(), None);
        assert_eq!(only_element("<img src=photo.png>").fetched(), Some("photo.png"));
    }
}
