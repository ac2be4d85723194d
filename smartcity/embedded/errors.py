class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot be found, made or started; the text says what to do."""
