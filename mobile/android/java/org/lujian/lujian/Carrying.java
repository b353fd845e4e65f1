package org.lujian.lujian;

import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.Service;
import android.content.Intent;
import android.os.IBinder;
import android.os.PowerManager;

/**
 * Says to the system that the app is at work while something goes to the office, so that it is neither stopped nor put
 * to sleep meanwhile. It runs in the app's own process and holds nothing: no key, no record, no line. One of
 * python-for-android's own services would be another process, which could not open the store without a PIN.
 */
public class Carrying extends Service {
    private static final String CHANNEL = "carrying";
    private static final long MOST_MS = 10 * 60 * 1000;
    private PowerManager.WakeLock awake;

    @Override
    public int onStartCommand(Intent intent, int flags, int startId) {
        // Whoever is started for the front has to go there, also to be told at once that it is over.
        startForeground(1, notification(intent == null ? "" : intent.getStringExtra("words")));
        if (intent != null && intent.getBooleanExtra("on", false)) {
            stayAwake();
        } else {
            stopForeground(STOP_FOREGROUND_REMOVE);
            stopSelf();
        }
        return START_NOT_STICKY;
    }

    @Override
    public void onDestroy() {
        if (awake != null && awake.isHeld()) {
            awake.release();
        }
        super.onDestroy();
    }

    @Override
    public IBinder onBind(Intent intent) {
        return null;
    }

    private void stayAwake() {
        if (awake == null) {
            PowerManager power = (PowerManager) getSystemService(POWER_SERVICE);
            awake = power.newWakeLock(PowerManager.PARTIAL_WAKE_LOCK, "lujian:carrying");
            awake.setReferenceCounted(false);
        }
        awake.acquire(MOST_MS);
    }

    private Notification notification(String words) {
        NotificationChannel channel = new NotificationChannel(CHANNEL, words, NotificationManager.IMPORTANCE_LOW);
        ((NotificationManager) getSystemService(NOTIFICATION_SERVICE)).createNotificationChannel(channel);
        return new Notification.Builder(this, CHANNEL)
                .setSmallIcon(getApplicationInfo().icon)
                .setContentTitle(words)
                .setOngoing(true)
                .build();
    }
}
