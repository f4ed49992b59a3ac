//! The pages, as the part of the address behind `#`: it works on any host and from a file.

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Route {
    /// The doors.
    #[default]
    Home,
    /// Answering a form.
    Answer(Place),
    /// A step of the desk.
    Desk(Step),
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
    /// Which form the responses answer.
    Form,
    /// Collecting responses.
    Collect,
    /// The needs.
    Needs,
    /// Files out.
    Export,
}

impl Step {
    /// Every step in order.
    pub const ALL: [Self; 4] = [Self::Form, Self::Collect, Self::Needs, Self::Export];

    /// The step's word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Form => "phieu-hoi",
            Self::Collect => "thu-phieu",
            Self::Needs => "phan-tich",
            Self::Export => "xuat",
        }
    }
}

impl Route {
    /// Reads the address behind `#`; what it does not know is the home page.
    pub fn parse(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["phieu"] => Self::Answer(Place::Welcome),
            ["phieu", "dong-y"] => Self::Answer(Place::Consent),
            // A key in a repeat has a slash of its own.
            ["phieu", "cau", key @ ..] if !key.is_empty() => {
                Self::Answer(Place::Screen(key.join("/")))
            }
            ["phieu", "xem-lai"] => Self::Answer(Place::Review),
            ["phieu", "da-gui"] => Self::Answer(Place::Receipt),
            ["ban", "phieu-hoi", "in"] => Self::Paper,
            ["ban", word] => match Step::ALL.into_iter().find(|step| step.word() == *word) {
                Some(step) => Self::Desk(step),
                None => Self::Home,
            },
            _ => Self::Home,
        }
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
            Self::Answer(Place::Welcome) => f.write_str("#/phieu"),
            Self::Answer(Place::Consent) => f.write_str("#/phieu/dong-y"),
            Self::Answer(Place::Screen(name)) => write!(f, "#/phieu/cau/{name}"),
            Self::Answer(Place::Review) => f.write_str("#/phieu/xem-lai"),
            Self::Answer(Place::Receipt) => f.write_str("#/phieu/da-gui"),
            Self::Desk(step) => write!(f, "#/ban/{}", step.word()),
            Self::Paper => f.write_str("#/ban/phieu-hoi/in"),
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
        let routes = places.into_iter().map(Route::Answer);
        let routes = routes.chain(Step::ALL.map(Route::Desk)).chain([Route::Home, Route::Paper]);
        for route in routes {
            assert_eq!(Route::parse(&route.to_string()), route);
        }
        for unknown in ["", "#", "#/x", "#/ban/x", "#/phieu/cau"] {
            assert_eq!(Route::parse(unknown), Route::Home, "{unknown}");
        }
    }
}
