//! The page: everything a person sees.

fn main() {
    #[cfg(target_arch = "wasm32")]
    phieu_xa::page::start::<true>();
}
