"""What the pages about accounts ask of a request."""

from django import template
from django.http import HttpRequest

from khue.domains.people.rules import takes_passkeys

register = template.Library()


@register.filter
def allows_passkeys(request: HttpRequest) -> bool:
    return takes_passkeys(request.get_host(), is_secure=request.is_secure())
