"""Readers of scenario and history files: they turn TOML text into checked data, or report errors with their lines."""
