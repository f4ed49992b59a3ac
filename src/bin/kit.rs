//! The page as kits carry it: everything that those see who answer.

fn main() {
    #[cfg(target_arch = "wasm32")]
    phieu_xa::page::start::<false>();
}
