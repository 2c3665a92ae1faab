from django.urls import path

from decisions.views import channel
from grants.project.mine import copies, overview, reads

urlpatterns = [
    path("", overview.mine, name="mine"),
    path("post/", overview.post, name="mine-post"),
    path("digitale-post/", channel.all_own, name="mine-channel"),
    path("inzage/", reads.reads, name="mine-reads"),
    path("kopie/", copies.copy, name="mine-copy"),
]
