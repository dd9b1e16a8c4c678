"""A task queue of a test's own, so that the test decides which worker is there to hear."""

from dataclasses import replace

from api.delivery import Delivery
from api.gateway import Gateway
from tests.city import City


def on_queue(city: City, task_queue: str) -> City:
    """The same city, whose complaints are started on `task_queue`, where nobody listens yet."""
    gateway = Gateway(city.client, task_queue)
    rooms = replace(city.rooms, gateway=gateway, delivery=Delivery(city.rooms.pool, gateway))
    return replace(city, rooms=rooms, task_queue=task_queue)
