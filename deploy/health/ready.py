"""Health of the API: exit 0 while it takes complaints in (GET /health/ready answers 200)."""

import http.client
import os
import sys


def ready(port: int) -> bool:
    """Whether the API on this container's own loopback is ready."""
    api = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        api.request("GET", "/health/ready")
        return api.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        api.close()


if __name__ == "__main__":
    sys.exit(not ready(int(os.environ.get("HOTLINE_API_PORT", "8412"))))
