//! Serves a built site on this machine.
