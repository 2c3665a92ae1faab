from django.urls import include, path

from applicants.signin import views as signin
from grants.applications.views import quick_check
from grants.project import language, pages, pipeline, views

urlpatterns = [
    path("", views.home, name="home"),
    path("regelingen/<slug:code>/", views.scheme, name="scheme"),
    path("regelingen/<slug:code>/past-het/", quick_check.quick_check, name="quick-check"),
    path("inloggen/", signin.choose, name="sign-in"),
    path("inloggen/", include("applicants.signin.urls")),
    path("uitloggen/", signin.sign_out, name="sign-out"),
    path("mijn/", include("grants.project.mine.urls")),
    path("", include("grants.applications.urls_reminders")),
    path("mijn/aanvragers/", include("applicants.urls")),
    path("taal/", language.choose, name="language"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("contact/", pages.contact, name="contact"),
    path("stijl/", pages.style, name="style"),
    path("aanvragen/", include("grants.applications.urls")),
    path("aanvragen/", include("decisions.urls_objector")),
    path("aanvragen/", include("decisions.urls_changing")),
    path("aanvragen/", include("decisions.urls_answering")),
    path("behandelen/post/", include("letters.post.urls")),
    path("behandelen/", include("decisions.urls")),
    path("brieven/", include("letters.urls")),
    path("beheer/brieven/", include("letters.texts.urls")),
    path("beheer/leidingen/", pipeline.pipeline, name="pipeline"),
    path("beheer/leidingen/opnieuw/", pipeline.try_again, name="pipeline-again"),
    path("cijfers/vastgelegd/", include("grants.control.fixing.urls")),
    path("lerend-netwerk/", include("grants.control.learning.urls")),
    path("beheer/lerend-netwerk/", include("grants.control.learning.urls_review")),
    path("cijfers/", include("grants.figures.urls")),
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
]
handler403 = "grants.project.views.forbidden"
