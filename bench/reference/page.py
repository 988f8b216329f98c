"""The reference page: what a plain Flask page costs. One session, a user row, 20 rows through the ORM, a template.

Served beside ours in the same run, it is the yardstick: machines differ, ratios hold.
"""

import os
import sqlite3
from datetime import UTC, datetime

from flask import Flask, jsonify, render_template, request
from flask_login import LoginManager, UserMixin, current_user, login_required, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

app = Flask(__name__)
app.config.update(
    SECRET_KEY="bench-only-secret",
    SESSION_COOKIE_SAMESITE="Lax",
    SQLALCHEMY_DATABASE_URI=os.environ.get("DB_URL", "sqlite:///reference.db"),
)
if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"connect_args": {"timeout": 30}}
SYNC = os.environ.get("SQLITE_SYNC", "FULL")
assert SYNC in ("NORMAL", "FULL", "OFF")


@event.listens_for(Engine, "connect")
def _pragmas(dbapi_con, _rec):
    if isinstance(dbapi_con, sqlite3.Connection):
        cur = dbapi_con.cursor()
        cur.execute("PRAGMA journal_mode=WAL")
        cur.execute(f"PRAGMA synchronous={SYNC}")
        cur.execute("PRAGMA foreign_keys=ON")
        cur.close()


db = SQLAlchemy(app)
login = LoginManager(app)


class User(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    username = db.Column(db.String(80), unique=True, nullable=False)
    name = db.Column(db.String(120), nullable=False)
    role = db.Column(db.String(20), nullable=False, default="learner")
    pw = db.Column(db.String(200), nullable=False, default="x")


class Activity(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    unit = db.Column(db.Integer, nullable=False, index=True)
    title = db.Column(db.String(120), nullable=False)
    summary = db.Column(db.Text, nullable=False)
    minutes = db.Column(db.Integer, nullable=False)


class Progress(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.ForeignKey("user.id"), nullable=False, index=True)
    activity_id = db.Column(db.ForeignKey("activity.id"), nullable=False, index=True)
    percent = db.Column(db.Integer, nullable=False)
    __table_args__ = (db.UniqueConstraint("user_id", "activity_id"),)


class Event(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, nullable=False, index=True)
    activity_id = db.Column(db.Integer, nullable=False)
    verb = db.Column(db.String(40), nullable=False)
    score = db.Column(db.Float)
    body = db.Column(db.Text, nullable=False)
    at = db.Column(db.DateTime, nullable=False)


@login.user_loader
def load_user(uid):
    return db.session.get(User, int(uid))


def rows20(uid):
    q = (
        select(Activity, Progress.percent)
        .outerjoin(Progress, (Progress.activity_id == Activity.id) & (Progress.user_id == uid))
        .where(Activity.unit == 1)
        .order_by(Activity.id)
        .limit(20)
    )
    return db.session.execute(q).all()


@app.post("/dev-login/<int:uid>")
def dev_login(uid):
    login_user(load_user(uid))
    return "ok"


@app.get("/hello")
def hello():
    return "hello"


@app.get("/user")  # + session cookie + user row
@login_required
def user():
    return current_user.name


@app.get("/query")  # + 20-row ORM query
@login_required
def query():
    r = rows20(current_user.id)
    return str(len(r))


@app.get("/page")  # + Jinja = the full learner page
@login_required
def page():
    return render_template("page.html", rows=rows20(current_user.id), unit="Using a mouse and keyboard")


@app.post("/log")  # one progress event: auth + one INSERT + COMMIT
@login_required
def log():
    d = request.get_json()
    db.session.add(
        Event(
            user_id=current_user.id,
            activity_id=int(d["activity"]),
            verb=d["verb"],
            score=d.get("score"),
            body=request.get_data(as_text=True),
            at=datetime.now(UTC),
        )
    )
    db.session.commit()
    return jsonify(ok=True)


def create_data():
    with app.app_context():
        db.drop_all()
        db.create_all()
        db.session.add_all([User(id=i, username=f"learner{i:03d}", name=f"Learner {i:03d}") for i in range(1, 201)])
        db.session.add_all(
            [
                Activity(
                    id=i,
                    unit=(i - 1) // 20 + 1,
                    title=f"Activity {i}",
                    summary="Short steps to do the thing. " * 3,
                    minutes=5 + i % 10,
                )
                for i in range(1, 101)
            ]
        )
        db.session.flush()
        db.session.add_all(
            [Progress(user_id=u, activity_id=a, percent=(u * a) % 101) for u in range(1, 201) for a in range(1, 21)]
        )
        db.session.commit()


if __name__ == "__main__":
    create_data()
    print("ok", app.config["SQLALCHEMY_DATABASE_URI"])
