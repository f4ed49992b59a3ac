//! What a leader does in several journeys.

use thirtyfour::prelude::*;

use crate::Device;

/// Goes through the form from the first screen to the review, as the chair of a people's
/// committee; rates importance 5 and ability 2 but for one competency that is not the post's task.
pub async fn answer_everything(device: &Device) {
    for _ in 0..150 {
        let hash = device.hash().await;
        let Some(name) = hash.strip_prefix("/phieu/cau/") else { break };
        match name {
            "ho_ten" => device.type_into("q-ho_ten", "Nguyễn Văn A").await,
            "tinh" => {
                device.type_into("q-tinh-search", "thai nguyen").await;
                device.click("q-tinh-19").await;
            }
            "don_vi" => {
                device.type_into("q-don_vi-search", "dai tu").await;
                device.click("q-don_vi-05830").await;
            }
            "chuc_danh" => device.click("q-chuc_danh-ct_ubnd").await,
            "imp_D5" => {
                // Not my task; a level on second thought; not my task after all.
                device.click("q-imp_D5-na").await;
                device.click("q-imp_D5-4").await;
                assert!(!device.find("q-imp_D5-na").await.is_selected().await.unwrap());
                device.click("q-imp_D5-na").await;
            }
            rating if rating.starts_with("imp_") => {
                device.click(&format!("q-{rating}-5")).await;
                device.click(&format!("q-{}-2", rating.replace("imp_", "abl_"))).await;
            }
            _ => {
                // The first choice of a question that has choices; texts may stay empty.
                let first = device.driver.find(By::Css("main .choices input")).await;
                if let Ok(first) = first {
                    first.click().await.expect("a choice can be clicked");
                }
            }
        }
        device.click("next").await;
        let start = std::time::Instant::now();
        while device.hash().await == hash {
            assert!(start.elapsed().as_secs() < 10, "{name} cannot be left");
        }
    }
    device.wait_for_hash("/phieu/xem-lai").await;
    rest(device).await;
}

/// A click on another place: two clicks on one place in no time are one double click, and its
/// second half is not taken.
async fn rest(device: &Device) {
    let heading = device.driver.query(By::Css("main h1")).first().await.expect("a heading");
    heading.click().await.expect("a heading can be clicked");
}

/// Begins a form, with consent.
pub async fn give_consent(device: &Device) {
    device.click("start").await;
    device.click("q-dong_y").await;
    device.click("next").await;
    device.wait_for_hash("/phieu/cau/ho_ten").await;
}
