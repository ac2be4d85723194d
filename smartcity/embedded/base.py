"""Django's database backend for ``"ENGINE": "smartcity.embedded"``."""

from django.db.backends.postgresql import base, client
from django.db.utils import OperationalError

from smartcity.embedded.binaries import find_bindir
from smartcity.embedded.errors import EmbeddedPostgresError
from smartcity.embedded.server import Cluster


class DatabaseClient(client.DatabaseClient):
    """``manage.py dbshell`` with the psql that came along with the server."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        server = Cluster().ensure(settings_dict["NAME"])
        filled = settings_dict | {name.upper(): str(value) for name, value in server.items()}
        args, env = super().settings_to_cmd_args_env(filled, parameters)
        return [str(find_bindir() / args[0]), *args[1:]], env


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own PostgreSQL backend; the server is started at the first connection."""

    client_class = DatabaseClient

    def get_connection_params(self):
        params = super().get_connection_params()
        try:
            server = Cluster().ensure(self.settings_dict["NAME"])
        except EmbeddedPostgresError as error:
            # The class that callers of a database, such as the readiness check, expect.
            raise OperationalError(str(error)) from error
        return params | server
