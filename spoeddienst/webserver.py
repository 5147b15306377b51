"""How gunicorn runs, here and in production: `gunicorn --config python:spoeddienst.webserver`."""

from gunicorn.glogging import Logger

from kern.scrub import ScrubFormatter


class ScrubLogger(Logger):
    """Gunicorn has handlers of its own; a request line that it refuses would stand in its log."""

    def setup(self, cfg):
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(ScrubFormatter(self.error_fmt, self.datefmt))


wsgi_app = "spoeddienst.wsgi:application"
logger_class = ScrubLogger
# No access log: the address of a pick-up page is half of its key.
accesslog = None
loglevel = "warning"
control_socket_disable = True
