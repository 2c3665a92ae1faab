from django.urls import include, path

from grants.project import language, pages, pipeline, views

urlpatterns = [
    path("", views.home, name="home"),
    path("regelingen/<slug:code>/", views.scheme, name="scheme"),
    path("inloggen/", views.sign_in, name="sign-in"),
    path("uitloggen/", views.sign_out, name="sign-out"),
    path("taal/", language.choose, name="language"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
    path("stijl/", pages.style, name="style"),
    path("mijn/", views.mine, name="mine"),
    path("aanvragen/", include("grants.applications.urls")),
    path("aanvragen/", include("decisions.urls_objector")),
    path("aanvragen/", include("decisions.urls_changing")),
    path("behandelen/post/", include("letters.post.urls")),
    path("behandelen/", include("decisions.urls")),
    path("brieven/", include("letters.urls")),
    path("beheer/brieven/", include("letters.texts.urls")),
    path("beheer/leidingen/", pipeline.pipeline, name="pipeline"),
    path("beheer/leidingen/opnieuw/", pipeline.try_again, name="pipeline-again"),
    path("cijfers/", include("grants.figures.urls")),
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
]
handler403 = "grants.project.views.forbidden"
