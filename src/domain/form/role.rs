//! What a question tells about the person who answers.

/// What a question tells about the person who answers, or about the person rated where the form
/// asks who rates (column `tna::role`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the word of the column `tna::role`")]
pub enum Role {
    Code,
    Rater,
    Person,
    Post,
    ConcurrentPosts,
    Unit,
    Province,
    Gender,
    AgeBand,
    Area,
    YearsInPost,
    Training,
    Hindrance,
    Qualification,
    Wishes,
    Taught,
    AbilityBefore,
    AbilityAfter,
    Applied,
    Delivery,
    Method,
    Practice,
    Duration,
    Quarter,
    Venue,
    ClassSize,
    Seconds,
}

impl Role {
    const ALL: [Self; 27] = [
        Self::Code,
        Self::Rater,
        Self::Person,
        Self::Post,
        Self::ConcurrentPosts,
        Self::Unit,
        Self::Province,
        Self::Gender,
        Self::AgeBand,
        Self::Area,
        Self::YearsInPost,
        Self::Training,
        Self::Hindrance,
        Self::Qualification,
        Self::Wishes,
        Self::Taught,
        Self::AbilityBefore,
        Self::AbilityAfter,
        Self::Applied,
        Self::Delivery,
        Self::Method,
        Self::Practice,
        Self::Duration,
        Self::Quarter,
        Self::Venue,
        Self::ClassSize,
        Self::Seconds,
    ];

    /// The role of that word in the column `tna::role`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Every word of that column.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().map(Self::word)
    }

    /// Its word in the column `tna::role`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Rater => "rater",
            Self::Person => "person",
            Self::Post => "post",
            Self::ConcurrentPosts => "concurrent_posts",
            Self::Unit => "unit",
            Self::Province => "province",
            Self::Gender => "gender",
            Self::AgeBand => "age_band",
            Self::Area => "area",
            Self::YearsInPost => "years_in_post",
            Self::Training => "training",
            Self::Hindrance => "hindrance",
            Self::Qualification => "qualification",
            Self::Wishes => "wishes",
            Self::Taught => "taught",
            Self::AbilityBefore => "ability_before",
            Self::AbilityAfter => "ability_after",
            Self::Applied => "applied",
            Self::Delivery => "delivery",
            Self::Method => "method",
            Self::Practice => "practice",
            Self::Duration => "duration",
            Self::Quarter => "quarter",
            Self::Venue => "venue",
            Self::ClassSize => "class_size",
            Self::Seconds => "seconds",
        }
    }
}
