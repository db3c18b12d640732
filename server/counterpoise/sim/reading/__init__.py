"""Read scenario and history files: TOML text in, checked data or a located error out."""
