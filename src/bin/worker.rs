//! The heavy half, started off the main thread when the desk needs it.

fn main() {
    #[cfg(target_arch = "wasm32")]
    phieu_xa::desk_worker::start();
}
