//! What whole sites become.

mod outputs;
mod sample;
mod templates;
mod views;
