"""Alembic's entry: migrate on the connection that `store.migrate` hands over."""

from alembic import context

from syndicate.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
    compare_type=True,
)
context.run_migrations()
