//! The person's own picture of what was handed in.

use super::Kit;
use crate::app::Effect;
use crate::domain::form::Role;
use crate::domain::own_picture::OwnPicture;
use crate::formats::own_picture_svg;
use crate::text::Language;

impl Kit {
    /// The picture that the answers handed in last give.
    pub fn own_picture(&self) -> Option<OwnPicture<'_>> {
        // Of what was encrypted nothing is left after its receipt.
        let response = self.handed_in().filter(|response| !response.answers.is_empty())?;
        OwnPicture::of(self.form(), &response.answers)
    }

    /// Of which form the picture is, and of which post and day: `Chủ tịch UBND · 02/12/2026`. No
    /// name, so that it can be shown around.
    pub fn about_own_picture(&self) -> [String; 2] {
        let title = self.form().title.get(&self.words).to_owned();
        let post =
            self.form().with_role(Role::Post).zip(self.handed_in()).map(|(question, row)| {
                self.form().answer_in_words(question, row.answers.get(&question.name), &self.words)
            });
        let day = self.day_of_handing_in();
        let day = day.rsplit('-').collect::<Vec<_>>().join("/");
        let post = post.filter(|post| !post.is_empty());
        [title, post.map_or(day.clone(), |post| format!("{post} · {day}"))]
    }

    pub(in crate::app) fn own_picture_file(&self, language: Language) -> Option<Effect> {
        let (picture, about) = (self.own_picture()?, self.about_own_picture());
        let day = self.day_of_handing_in();
        Some(Effect::DownloadPicture {
            name: format!("buc-tranh-nang-luc_{day}.png"),
            svg: own_picture_svg::write(self.form(), &picture, &about, language, &self.words),
        })
    }

    /// As `2026-12-02`; empty where nothing was handed in.
    fn day_of_handing_in(&self) -> String {
        let draft = self.filling.as_ref().map(|filling| &filling.draft);
        let handed_in = draft.zip(self.handed_in().and_then(|response| response.submitted));
        handed_in.map_or(String::new(), |(draft, at)| at.local_day(draft.utc_offset))
    }
}
