"""What partners take, one TOML file each: shaping articles for them, checking documents, telling people."""
