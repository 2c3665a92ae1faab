from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grants.kernel.permissions import allow
from grants.kernel.roles import Role


@allow(Role.CONTROLLER)
def overview(request: HttpRequest) -> HttpResponse:
    return render(request, "403.html")
