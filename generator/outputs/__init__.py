"""One module per foreign tool that turns pages into something to publish."""
