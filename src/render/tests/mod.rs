//! What whole sites become.

mod exports;
mod outputs;
mod sample;
mod templates;
mod views;
