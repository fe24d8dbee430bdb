"""Documents: what a letter or report holds, and the one module that makes PDFs."""
