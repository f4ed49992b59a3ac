use yew::prelude::*;
use yew::virtual_dom::VTag;

use crate::formats::svg::Shape;

/// A drawing within the page.
pub(crate) fn drawn(shape: &Shape) -> Html {
    let mut tag = VTag::new(shape.tag);
    for (name, value) in &shape.attributes {
        tag.add_attribute(name, value.clone());
    }
    if !shape.text.is_empty() {
        tag.add_child(Html::from(shape.text.clone()));
    }
    tag.add_children(shape.inner.iter().map(drawn));
    tag.into()
}
