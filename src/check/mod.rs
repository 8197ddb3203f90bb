//! Goes over the finished pages: every link in them, whoever wrote it.
