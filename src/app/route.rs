//! The pages, as the part of the address behind `#`: it works on any host and from a file.

mod query;

use percent_encoding::percent_decode_str;

use crate::domain::filter::Filter;

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Route {
    /// The doors.
    #[default]
    Home,
    /// Answering a form.
    Answer(Place),
    /// A step of the desk; where it looks at responses, at those that the filter lets through.
    Desk(Step, Filter),
    /// The form of the desk as its respondents see it; nothing is kept.
    Preview(Place),
    /// The desk's form, for paper.
    Paper,
}

/// A place on the way through a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Who asks, and why.
    Welcome,
    /// The consent.
    Consent,
    /// The screen that starts with the field of this key.
    Screen(String),
    /// Everything read back.
    Review,
    /// The receipt, after handing in.
    Receipt,
}

/// A step of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Who asks whom, and why.
    Campaign,
    /// Which form the responses answer.
    Form,
    /// Where the people are who are asked, and how many.
    Roster,
    /// What goes out to those who answer.
    Kit,
    /// Collecting responses.
    Collect,
    /// Who has answered and who has not.
    Coverage,
    /// Every response.
    Responses,
    /// Which responses look as if they should not be trusted.
    Quality,
    /// Which responses may be one person's.
    SamePerson,
    /// What was changed at the desk.
    Log,
    /// Who the people are.
    People,
    /// The needs.
    Needs,
    /// Two groups side by side.
    Compare,
    /// Another campaign beside the open one.
    Beside,
    /// What stands in the way.
    Obstacles,
    /// Which classes to hold.
    Plan,
    /// Everything in one document.
    Report,
    /// The map of needs.
    Map,
    /// The groups by competencies.
    Heatmap,
    /// How groups and people stand to the required levels.
    Profile,
    /// Files out.
    Export,
    /// Backups, and deleting everything.
    Safety,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Self; 22] = [
        Self::Campaign,
        Self::Form,
        Self::Roster,
        Self::Kit,
        Self::Collect,
        Self::Coverage,
        Self::Responses,
        Self::Quality,
        Self::SamePerson,
        Self::Log,
        Self::People,
        Self::Needs,
        Self::Map,
        Self::Heatmap,
        Self::Profile,
        Self::Compare,
        Self::Beside,
        Self::Obstacles,
        Self::Plan,
        Self::Report,
        Self::Export,
        Self::Safety,
    ];

    /// True where a filter holds.
    pub fn is_filtered(self) -> bool {
        matches!(
            self,
            Self::Coverage
                | Self::Responses
                | Self::Quality
                | Self::People
                | Self::Needs
                | Self::Compare
                | Self::Obstacles
                | Self::Plan
                | Self::Report
                | Self::Map
                | Self::Heatmap
                | Self::Profile
        )
    }

    /// The step's word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Campaign => "dot-khao-sat",
            Self::Form => "phieu-hoi",
            Self::Roster => "danh-sach",
            Self::Kit => "bo-phieu",
            Self::Collect => "thu-phieu",
            Self::Coverage => "do-bao-phu",
            Self::Responses => "phieu-tra-loi",
            Self::Quality => "can-xem-lai",
            Self::SamePerson => "trung-nguoi",
            Self::Log => "nhat-ky-sua",
            Self::People => "nguoi-tra-loi",
            Self::Needs => "phan-tich",
            Self::Compare => "so-sanh",
            Self::Beside => "doi-chieu",
            Self::Obstacles => "vuong-mac",
            Self::Plan => "ke-hoach",
            Self::Report => "bao-cao",
            Self::Map => "ban-do-nhu-cau",
            Self::Heatmap => "bang-mau",
            Self::Profile => "ho-so",
            Self::Export => "xuat",
            Self::Safety => "sao-luu",
        }
    }
}

impl Route {
    /// A step of the desk that looks at everything.
    pub fn desk(step: Step) -> Self {
        Self::Desk(step, Filter::default())
    }

    /// A step of the desk; where a filter holds, with this one.
    pub fn desk_of(step: Step, filter: &Filter) -> Self {
        Self::Desk(step, if step.is_filtered() { filter.clone() } else { Filter::default() })
    }

    /// Reads the address behind `#`, as browsers give it; what it does not know is the home page.
    pub fn parse(hash: &str) -> Self {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        // A browser gives letters beyond English ones as `%E1`.
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = path.trim_start_matches('#').trim_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        let route = match parts.as_slice() {
            ["phieu", place @ ..] => Place::parse(place).map(Self::Answer),
            ["ban", "phieu-hoi", "xem-thu", place @ ..] => Place::parse(place).map(Self::Preview),
            ["ban", "phieu-hoi", "in"] => Some(Self::Paper),
            ["ban", word] => {
                let step = Step::ALL.into_iter().find(|step| step.word() == *word);
                step.map(|step| Self::desk_of(step, &query::read(query)))
            }
            _ => None,
        };
        route.unwrap_or_default()
    }

    /// The place on the way through a form, in earnest or as a preview.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Answer(place) | Self::Preview(place) => Some(place),
            Self::Home | Self::Desk(..) | Self::Paper => None,
        }
    }
}

impl Place {
    fn parse(parts: &[&str]) -> Option<Self> {
        match parts {
            [] => Some(Self::Welcome),
            ["dong-y"] => Some(Self::Consent),
            // A key in a repeat has a slash of its own.
            ["cau", key @ ..] if !key.is_empty() => Some(Self::Screen(key.join("/"))),
            ["xem-lai"] => Some(Self::Review),
            ["da-gui"] => Some(Self::Receipt),
            _ => None,
        }
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
            Self::Answer(place) => write!(f, "#/phieu{place}"),
            Self::Desk(step, filter) => {
                write!(f, "#/ban/{}", step.word())?;
                let query = query::written(filter);
                if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
            }
            Self::Preview(place) => write!(f, "#/ban/phieu-hoi/xem-thu{place}"),
            Self::Paper => f.write_str("#/ban/phieu-hoi/in"),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Welcome => Ok(()),
            Self::Consent => f.write_str("/dong-y"),
            Self::Screen(key) => write!(f, "/cau/{key}"),
            Self::Review => f.write_str("/xem-lai"),
            Self::Receipt => f.write_str("/da-gui"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_again_by_its_address() {
        let places = [
            Place::Welcome,
            Place::Consent,
            Place::Screen("imp_A1".into()),
            Place::Screen("khoa[2]/ten".into()),
            Place::Review,
            Place::Receipt,
        ];
        let previews = places.clone().map(Route::Preview);
        let routes = places.into_iter().map(Route::Answer).chain(previews);
        let routes = routes.chain(Step::ALL.map(Route::desk)).chain([Route::Home, Route::Paper]);
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        for unknown in ["", "#", "#/x", "#/ban/x", "#/phieu/cau"] {
            assert_eq!(Route::parse(unknown), Route::Home, "{unknown}");
        }
    }
}
