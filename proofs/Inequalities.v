(* The rules of rules/inequalities.py. *)
From Coq Require Import Reals ZArith Lia Lra Bool Classical_Prop.
From Deltasift Require Import Base Statements.
Local Open Scope R_scope.

Lemma square x : pw x (IZR 2) = x * x.
Proof. rewrite pw_IZR. simpl. ring. Qed.

(* --- sums that are compared term by term --- *)

Lemma nsum_le n F G : (forall k, (k < n)%nat -> F k <= G k) -> nsum n F <= nsum n G.
Proof.
  induction n; intros H; simpl; [lra|].
  pose proof (IHn (fun k Hk => H k (Nat.lt_lt_succ_r _ _ Hk))). pose proof (H n (Nat.lt_succ_diag_r n)). lra.
Qed.
Lemma zsum_le lo hi f g : (forall i, (lo <= i <= hi)%Z -> f i <= g i) -> zsum lo hi f <= zsum lo hi g.
Proof. intros H. unfold zsum. apply nsum_le. intros k Hk. apply H. unfold len in Hk. lia. Qed.
Lemma zsum_nonneg lo hi f : (forall i, (lo <= i <= hi)%Z -> 0 <= f i) -> 0 <= zsum lo hi f.
Proof. intros H. rewrite <- (zsum_0 lo hi). now apply zsum_le. Qed.
Lemma term_le lo hi f a : (forall i, (lo <= i <= hi)%Z -> 0 <= f i) -> (lo <= a <= hi)%Z -> f a <= zsum lo hi f.
Proof.
  intros H Ha. rewrite (zsum_around lo hi a) by lia.
  assert (0 <= zsum lo (a - 1) f) by (apply zsum_nonneg; intros; apply H; lia).
  assert (0 <= zsum (a + 1) hi f) by (apply zsum_nonneg; intros; apply H; lia). lra.
Qed.

(* --- of one or two numbers --- *)

Lemma ln_tangent x : 0 < x -> ln x <= x - 1.
Proof. intros H. pose proof (exp_ineq1_le (ln x)). rewrite exp_ln in * by assumption. lra. Qed.
Theorem log_le_sub_one_1_holds : log_le_sub_one_1.
Proof. unfold log_le_sub_one_1. intros x H. pose proof (ln_tangent x H). simpl. lra. Qed.

Lemma below_term x y : 0 <= x -> 0 < y -> x - y <= x * ln (x / y).
Proof.
  intros [Hx|<-] Hy; [|rewrite Rmult_0_l; lra].
  assert (ln (x / y) = - ln (y / x)) as ->.
  { replace (x / y) with (/ (y / x)) by (field; lra). apply ln_Rinv. now apply Rdiv_lt_0_compat. }
  pose proof (ln_tangent (y / x) (Rdiv_lt_0_compat _ _ Hy Hx)) as H.
  apply (Rmult_le_compat_l x) in H; [|lra]. replace (x * (y / x - 1)) with (y - x) in H by (field; lra). lra.
Qed.
Theorem sub_le_mul_log_div_1_holds : sub_le_mul_log_div_1.
Proof. unfold sub_le_mul_log_div_1. intros x y Hx Hy. pose proof (below_term x y Hx Hy). lra. Qed.
Theorem one_add_le_exp_1_holds : one_add_le_exp_1.
Proof. unfold one_add_le_exp_1. intros. apply exp_ineq1_le. Qed.
Theorem sq_nonneg_1_holds : sq_nonneg_1.
Proof. unfold sq_nonneg_1. intros. rewrite square. apply Rle_0_sqr. Qed.
Theorem two_mul_le_add_sq_1_holds : two_mul_le_add_sq_1.
Proof. unfold two_mul_le_add_sq_1. intros. rewrite !square. pose proof (Rle_0_sqr (x - y)). unfold Rsqr in *. lra. Qed.
Theorem le_add_nonneg_1_holds : le_add_nonneg_1.
Proof. unfold le_add_nonneg_1. intros. lra. Qed.
Theorem lt_add_pos_1_holds : lt_add_pos_1.
Proof. unfold lt_add_pos_1. intros. lra. Qed.
Theorem exp_pos_1_holds : exp_pos_1.
Proof. unfold exp_pos_1. intros. apply exp_pos. Qed.
Theorem le_of_given_1_holds : le_of_given_1.
Proof. unfold le_of_given_1. tauto. Qed.
Theorem lt_of_given_1_holds : lt_of_given_1.
Proof. unfold lt_of_given_1. tauto. Qed.
Theorem le_max_1_holds : le_max_1.
Proof. unfold le_max_1. intros. apply Rmax_l. Qed.
Theorem le_max_2_holds : le_max_2.
Proof. unfold le_max_2. intros. apply Rmax_r. Qed.
Theorem min_le_1_holds : min_le_1.
Proof. unfold min_le_1. intros. apply Rmin_l. Qed.
Theorem min_le_2_holds : min_le_2.
Proof. unfold min_le_2. intros. apply Rmin_r. Qed.

Lemma ln_mono x y : 0 < x -> x <= y -> ln x <= ln y.
Proof. intros H [L|<-]; [left; now apply ln_increasing|lra]. Qed.
Theorem max_le_log_exp_add_exp_1_holds : max_le_log_exp_add_exp_1.
Proof.
  unfold max_le_log_exp_add_exp_1. intros. rewrite <- (ln_exp (Rmax x y)). apply ln_mono; [apply exp_pos|].
  pose proof (exp_pos x). pose proof (exp_pos y). destruct (Rmax_case_strong x y (fun m => m = x \/ m = y)) as [-> | ->];
    auto; lra.
Qed.
Theorem log_exp_add_exp_le_max_1_holds : log_exp_add_exp_le_max_1.
Proof.
  unfold log_exp_add_exp_le_max_1. intros. rewrite <- (ln_exp (Rmax x y)) at 1.
  rewrite <- ln_mult by (try apply exp_pos; lra).
  apply ln_mono. { pose proof (exp_pos x). pose proof (exp_pos y). lra. }
  assert (forall a b, a <= b -> exp a <= exp b) as E by (intros a b [L| ->]; [left; now apply exp_increasing|lra]).
  pose proof (E _ _ (Rmax_l x y)). pose proof (E _ _ (Rmax_r x y)). lra.
Qed.

(* --- of sums --- *)

Theorem sum_nonneg_1_holds : sum_nonneg_1.
Proof. unfold sum_nonneg_1. intros. now apply zsum_nonneg. Qed.

Theorem cauchy_schwarz_1_holds : cauchy_schwarz_1.
Proof.
  unfold cauchy_schwarz_1. intros f g lo hi. rewrite square.
  rewrite (zsum_ext lo hi (fun i => pw (f i) (IZR 2)) (fun i => f i * f i)) by (intros; apply square).
  rewrite (zsum_ext lo hi (fun i => pw (g i) (IZR 2)) (fun i => g i * g i)) by (intros; apply square).
  set (F := zsum lo hi (fun i => f i * f i)). set (G := zsum lo hi (fun i => g i * g i)).
  set (H := zsum lo hi (fun i => f i * g i)).
  assert (G0 : 0 <= G) by (apply zsum_nonneg; intros; apply Rle_0_sqr).
  assert (Q : 0 <= G * (F * G - H * H)).
  { replace (G * (F * G - H * H)) with (zsum lo hi (fun i => (G * f i - H * g i) * (G * f i - H * g i))).
    - apply zsum_nonneg. intros. apply Rle_0_sqr.
    - rewrite (zsum_ext lo hi _ (fun i => G * G * (f i * f i) + (- (2 * G * H) * (f i * g i) + H * H * (g i * g i))))
        by (intros; ring).
      rewrite !zsum_add, !zsum_mul. fold F G H. ring. }
  destruct G0 as [G0|G0]; [nra|].
  assert (H = 0) as ->.
  { apply zsum_zero. intros i Hi. assert (g i * g i <= G).
    { apply (term_le lo hi (fun i => g i * g i)); [intros; apply Rle_0_sqr|assumption]. }
    assert (g i = 0) as -> by nra. ring. }
  rewrite <- G0. lra.
Qed.

(* --- of sums with weights --- *)

Lemma jensen w f phi s lo hi (m := zsum lo hi (fun i => w i * f i)) :
  (forall i, (lo <= i <= hi)%Z -> 0 <= w i) -> zsum lo hi (fun i => w i) = 1 ->
  (forall x, phi m + s * (x - m) <= phi x) -> phi m <= zsum lo hi (fun i => w i * phi (f i)).
Proof.
  intros W T C.
  apply (Rle_trans _ (zsum lo hi (fun i => w i * (phi m + s * (f i - m))))).
  - rewrite (zsum_ext lo hi _ (fun i => (phi m - s * m) * w i + s * (w i * f i))) by (intros; ring).
    rewrite zsum_add, !zsum_mul. fold m. change (zsum lo hi w = 1) in T. rewrite T. right; ring.
  - apply zsum_le. intros. apply Rmult_le_compat_l; [now apply W|apply C].
Qed.
Lemma exp_mean w f lo hi : (forall i, (lo <= i <= hi)%Z -> 0 <= w i) -> zsum lo hi (fun i => w i) = 1 ->
  exp (zsum lo hi (fun i => w i * f i)) <= zsum lo hi (fun i => w i * exp (f i)).
Proof.
  intros W T. apply (jensen w f exp (exp (zsum lo hi (fun i => w i * f i)))); [assumption|assumption|].
  intros x. set (m := zsum lo hi (fun i => w i * f i)). replace x with (m + (x - m)) at 2 by ring. rewrite exp_plus.
  pose proof (exp_ineq1_le (x - m)). pose proof (exp_pos m). nra.
Qed.
Theorem jensen_exp_1_holds : jensen_exp_1.
Proof. unfold jensen_exp_1. intros. now apply exp_mean. Qed.
Theorem jensen_sq_1_holds : jensen_sq_1.
Proof.
  unfold jensen_sq_1. intros w f lo hi W T. rewrite square.
  rewrite (zsum_ext lo hi (fun i => w i * pw (f i) (IZR 2)) (fun i => w i * (f i * f i)))
    by (intros; now rewrite square).
  apply (jensen w f (fun x => x * x) (2 * zsum lo hi (fun i => w i * f i))); [assumption|assumption|].
  intros x. set (m := zsum lo hi (fun i => w i * f i)). pose proof (Rle_0_sqr (x - m)). unfold Rsqr in *. lra.
Qed.
Theorem jensen_log_1_holds : jensen_log_1.
Proof.
  unfold jensen_log_1. intros w f lo hi W T P. pose proof (exp_mean w (fun i => ln (f i)) lo hi W T) as H.
  cbv beta in H.
  rewrite (zsum_ext lo hi (fun i => w i * exp (ln (f i))) (fun i => w i * f i)) in H
    by (intros; now rewrite exp_ln by now apply P).
  rewrite <- (ln_exp (zsum lo hi (fun i => w i * ln (f i)))). apply ln_mono; [apply exp_pos|assumption].
Qed.

Lemma gibbs_holds p q lo hi : (forall i, (lo <= i <= hi)%Z -> 0 <= p i) ->
  (forall i, (lo <= i <= hi)%Z -> 0 <= q i) -> (forall i, (lo <= i <= hi)%Z -> p i = 0 \/ 0 < q i) ->
  zsum lo hi (fun i => p i) = 1 -> zsum lo hi (fun i => q i) <= 1 -> 0 <= zsum lo hi (fun i => p i * ln (p i / q i)).
Proof.
  intros P Q S TP TQ. apply (Rle_trans _ (zsum lo hi (fun i => p i + - q i))).
  - rewrite zsum_add, zsum_neg. change (zsum lo hi p = 1) in TP. change (zsum lo hi q <= 1) in TQ. rewrite TP. lra.
  - apply zsum_le. intros i Hi. destruct (S i Hi) as [Z|L]; [|apply below_term; auto].
    pose proof (Q i Hi). rewrite Z, Rmult_0_l. lra.
Qed.
Theorem gibbs_1_holds : gibbs_1.
Proof. unfold gibbs_1. intros. now apply gibbs_holds. Qed.
Theorem gibbs_2_holds : gibbs_2.
Proof.
  unfold gibbs_2. intros p q lo hi P Q S TP TQ. pose proof (gibbs_holds p q lo hi P Q S TP TQ) as H.
  rewrite (zsum_ext lo hi _ (fun i => p i * ln (p i) + - (p i * ln (q i)))) in H.
  - rewrite zsum_add, zsum_neg in H. lra.
  - intros i Hi. destruct (P i Hi) as [L|<-]; [|ring]. destruct (S i Hi) as [Z|M]; [lra|]. unfold Rdiv.
    rewrite ln_mult, ln_Rinv by auto using Rinv_0_lt_compat. ring.
Qed.
Theorem sum_mul_log_nonpos_1_holds : sum_mul_log_nonpos_1.
Proof.
  unfold sum_mul_log_nonpos_1. intros p lo hi P T. rewrite <- (zsum_0 lo hi). apply zsum_le. intros i Hi.
  pose proof (term_le lo hi (fun i => p i) i P Hi) as L. rewrite T in L.
  destruct (P i Hi) as [H|<-]; [|lra]. pose proof (ln_mono _ _ H L) as N. rewrite ln_1 in N. nra.
Qed.

Lemma const_sum lo hi a : (lo <= hi + 1)%Z -> zsum lo hi (fun _ => a) = IZR (hi - lo + 1) * a.
Proof.
  intros H. unfold zsum. replace (hi - lo + 1)%Z with (Z.of_nat (len lo hi)) by (unfold len; lia).
  induction (len lo hi); [simpl; ring|]. rewrite Nat2Z.inj_succ, succ_IZR. simpl. rewrite IHn. ring.
Qed.
Theorem neg_log_le_sum_mul_log_1_holds : neg_log_le_sum_mul_log_1.
Proof.
  unfold neg_log_le_sum_mul_log_1. intros p lo hi P T.
  assert (L : (lo <= hi)%Z).
  { destruct (Z_le_gt_dec lo hi); [assumption|]. rewrite zsum_empty in T by lia. simpl in T. lra. }
  replace (hi + - lo + 1)%Z with (hi - lo + 1)%Z by ring. set (n := IZR (hi - lo + 1)).
  assert (N : 0 < n) by (apply IZR_lt; lia).
  pose proof (gibbs_2_holds p (fun _ => / n) lo hi P (fun _ _ => Rlt_le _ _ (Rinv_0_lt_compat _ N))
    (fun _ _ => or_intror (Rinv_0_lt_compat _ N)) T) as H. simpl in H.
  rewrite const_sum in H by lia. fold n in H.
  rewrite (zsum_ext lo hi (fun i => p i * ln (/ n)) (fun i => ln (/ n) * p i)) in H by (intros; ring).
  rewrite zsum_mul, ln_Rinv in H by assumption. change (zsum lo hi p = 1) in T. rewrite T in H.
  assert (n * / n <= 1) as E by (right; field; lra). specialize (H E). lra.
Qed.

Theorem log_sum_1_holds : log_sum_1.
Proof.
  unfold log_sum_1. intros a b lo hi L A B. set (S := zsum lo hi (fun i => a i)). set (T := zsum lo hi (fun i => b i)).
  assert (T0 : 0 < T).
  { apply (Rlt_le_trans _ (b lo)); [apply B; lia|].
    apply (term_le lo hi (fun i => b i)); [intros; left; now apply B|lia]. }
  assert (S0 : 0 <= S) by (now apply zsum_nonneg). destruct S0 as [S0|S0].
  - assert (C : 0 < S / T) by now apply Rdiv_lt_0_compat.
    assert (0 <= zsum lo hi (fun i => a i * ln (a i / b i) + - (ln (S / T) * a i))) as H.
    { apply (Rle_trans _ (zsum lo hi (fun i => a i + - (S / T * b i)))).
      - rewrite zsum_add, zsum_neg, zsum_mul. change (0 <= S + - (S / T * T)). right. field. lra.
      - apply zsum_le. intros i Hi. pose proof (below_term (a i) (S / T * b i) (A i Hi)) as H.
        assert (0 < S / T * b i) as D by (apply Rmult_lt_0_compat; auto). specialize (H D).
        destruct (A i Hi) as [P|Z]; [|rewrite <- Z in *; lra].
        pose proof (B i Hi) as Bi.
        replace (a i / (S / T * b i)) with (a i / b i * / (S / T)) in H by (field; repeat split; lra).
        rewrite ln_mult, ln_Rinv in H; try assumption.
        + lra.
        + apply Rdiv_lt_0_compat; auto.
        + now apply Rinv_0_lt_compat. }
    rewrite zsum_add, zsum_neg, zsum_mul in H. change (zsum lo hi a) with S in H. lra.
  - rewrite <- S0, Rmult_0_l. right. symmetry. apply zsum_zero. intros i Hi.
    pose proof (term_le lo hi (fun i => a i) i A Hi) as H. fold S in H. pose proof (A i Hi).
    assert (a i = 0) as -> by lra. ring.
Qed.

Theorem one_add_lt_exp_1_holds : one_add_lt_exp_1.
Proof. unfold one_add_lt_exp_1. intros. now apply exp_ineq1. Qed.
Theorem log_lt_sub_one_1_holds : log_lt_sub_one_1.
Proof.
  unfold log_lt_sub_one_1. intros x P N. assert (ln x <> 0) as L.
  { intros Z. apply N. rewrite <- (exp_ln x P), Z. apply exp_0. }
  pose proof (exp_ineq1 _ L) as H. rewrite (exp_ln x P) in H. simpl. lra.
Qed.
Theorem sq_pos_1_holds : sq_pos_1.
Proof. unfold sq_pos_1. intros x N. rewrite square. now apply Rsqr_pos_lt. Qed.

(* --- of two terms, and of shares --- *)

Lemma below_scaled a x s : 0 <= a -> 0 < x -> 0 < s -> a - x * s <= a * ln (a / x) - a * ln s.
Proof.
  intros A X S. pose proof (below_term a (x * s) A (Rmult_lt_0_compat _ _ X S)) as H. destruct A as [A|<-]; [|lra].
  replace (a / (x * s)) with (a / x * / s) in H by (field; lra).
  rewrite ln_mult, ln_Rinv in H; [lra|exact S|now apply Rdiv_lt_0_compat|now apply Rinv_0_lt_compat].
Qed.
Theorem log_sum_two_1_holds : log_sum_two_1.
Proof.
  unfold log_sum_two_1. intros a b x y A B X Y. simpl in *.
  destruct (Req_EM_T (a + b) 0) as [Z|N].
  - assert (a = 0) as -> by lra. assert (b = 0) as -> by lra. lra.
  - set (s := (a + b) / (x + y)). assert (0 < s) as S by (apply Rdiv_lt_0_compat; lra).
    pose proof (below_scaled a x s A X S). pose proof (below_scaled b y s B Y S).
    assert (s * (x + y) = a + b) by (unfold s; field; lra). nra.
Qed.
Theorem sum_mul_log_le_shares_1_holds : sum_mul_log_le_shares_1.
Proof.
  unfold sum_mul_log_le_shares_1. intros a b lo hi A SA B TB. simpl in *.
  set (S := zsum lo hi (fun i => a i)) in *.
  assert (P : forall i, (lo <= i <= hi)%Z -> 0 <= / S * a i).
  { intros i Hi. apply Rmult_le_pos; [left; now apply Rinv_0_lt_compat|now apply A]. }
  assert (T : zsum lo hi (fun i => / S * a i) = 1).
  { rewrite zsum_mul. change (/ S * S = 1). field. lra. }
  pose proof (gibbs_2_holds (fun i => / S * a i) b lo hi P (fun i Hi => Rlt_le _ _ (B i Hi))
    (fun i Hi => or_intror (B i Hi)) T TB) as H. simpl in H.
  rewrite (zsum_ext lo hi _ (fun i => / S * (a i * ln (b i)))) in H by (intros; ring).
  rewrite (zsum_ext lo hi (fun i => / S * a i * ln (/ S * a i)) (fun i => / S * (a i * ln (a i / S)))) in H
    by (intros; unfold Rdiv; rewrite (Rmult_comm (/ S) (a i)); ring).
  rewrite !zsum_mul in H. apply (Rmult_le_reg_l (/ S)); [now apply Rinv_0_lt_compat|exact H].
Qed.

(* --- that an order is strict --- *)

Lemma zsum_lt lo hi f g a : (forall i, (lo <= i <= hi)%Z -> f i <= g i) -> (lo <= a <= hi)%Z -> f a < g a ->
  zsum lo hi f < zsum lo hi g.
Proof.
  intros H Ha L. pose proof (term_le lo hi (fun i => g i + - f i) a) as T. cbv beta in T.
  rewrite zsum_add, zsum_neg in T. assert (g a + - f a <= zsum lo hi g + - zsum lo hi f); [|lra].
  apply T; [|exact Ha]. intros i Hi. pose proof (H i Hi). lra.
Qed.
Lemma other_somewhere lo hi (f g : Z -> R) : ~ (forall i, (lo <= i <= hi)%Z -> f i = g i) ->
  exists i, (lo <= i <= hi)%Z /\ f i <> g i.
Proof.
  intros H. apply NNPP. intros N. apply H. intros i Hi. apply NNPP. intros D. apply N. now exists i.
Qed.
Lemma ln_tangent_lt x : 0 < x -> x <> 1 -> ln x < x - 1.
Proof.
  intros H N. assert (ln x <> 0) as D by (intros E; apply N; now rewrite <- (exp_ln x H), E, exp_0).
  pose proof (exp_ineq1 (ln x) D) as L. rewrite exp_ln in L by assumption. lra.
Qed.
Lemma below_term_lt x y : 0 <= x -> 0 < y -> x <> y -> x - y < x * ln (x / y).
Proof.
  intros [Hx|<-] Hy N; [|rewrite Rmult_0_l; lra].
  assert (ln (x / y) = - ln (y / x)) as ->.
  { replace (x / y) with (/ (y / x)) by (field; lra). apply ln_Rinv. now apply Rdiv_lt_0_compat. }
  assert (y / x <> 1) as D by (intros E; apply N; replace y with (y / x * x) by (field; lra); rewrite E; ring).
  pose proof (ln_tangent_lt (y / x) (Rdiv_lt_0_compat _ _ Hy Hx) D) as H.
  apply (Rmult_lt_compat_l x) in H; [|lra]. replace (x * (y / x - 1)) with (y - x) in H by (field; lra). lra.
Qed.

Lemma gibbs_strictly p q lo hi : (forall i, (lo <= i <= hi)%Z -> 0 <= p i) ->
  (forall i, (lo <= i <= hi)%Z -> 0 <= q i) -> (forall i, (lo <= i <= hi)%Z -> p i = 0 \/ 0 < q i) ->
  zsum lo hi (fun i => p i) = 1 -> zsum lo hi (fun i => q i) <= 1 -> ~ (forall i, (lo <= i <= hi)%Z -> q i = p i) ->
  0 < zsum lo hi (fun i => p i * ln (p i / q i)).
Proof.
  intros P Q S TP TQ D. apply (Rle_lt_trans _ (zsum lo hi (fun i => p i + - q i))).
  - rewrite zsum_add, zsum_neg. change (zsum lo hi p = 1) in TP. change (zsum lo hi q <= 1) in TQ. rewrite TP. lra.
  - destruct (other_somewhere lo hi q p D) as (a & Ha & N). apply (zsum_lt _ _ _ _ a); [|exact Ha|].
    + intros i Hi. destruct (S i Hi) as [Z|L]; [|apply below_term; auto].
      pose proof (Q i Hi). rewrite Z, Rmult_0_l. lra.
    + destruct (S a Ha) as [Z|L]; [|apply below_term_lt; auto].
      pose proof (Q a Ha). rewrite Z in *. rewrite Rmult_0_l. lra.
Qed.
Theorem gibbs_strict_1_holds : gibbs_strict_1.
Proof. unfold gibbs_strict_1. intros. now apply gibbs_strictly. Qed.
Theorem gibbs_strict_2_holds : gibbs_strict_2.
Proof.
  unfold gibbs_strict_2. intros p q lo hi P Q S TP TQ D. pose proof (gibbs_strictly p q lo hi P Q S TP TQ D) as H.
  rewrite (zsum_ext lo hi _ (fun i => p i * ln (p i) + - (p i * ln (q i)))) in H.
  - rewrite zsum_add, zsum_neg in H. lra.
  - intros i Hi. destruct (P i Hi) as [L|<-]; [|ring]. destruct (S i Hi) as [Z|M]; [lra|]. unfold Rdiv.
    rewrite ln_mult, ln_Rinv by auto using Rinv_0_lt_compat. ring.
Qed.
Theorem jensen_log_strict_1_holds : jensen_log_strict_1.
Proof.
  unfold jensen_log_strict_1. intros w f lo hi W T P D. set (m := zsum lo hi (fun i => w i * f i)) in *.
  destruct (other_somewhere lo hi f (fun _ => m) D) as (a & Ha & N).
  assert (M : 0 < m).
  { apply (Rlt_le_trans _ (w a * f a)); [apply Rmult_lt_0_compat; auto|].
    apply (term_le lo hi (fun i => w i * f i)); [|exact Ha]. intros. left. apply Rmult_lt_0_compat; auto. }
  assert (L : forall i, (lo <= i <= hi)%Z -> ln (f i) = ln (f i / m) + ln m).
  { intros i Hi. rewrite <- ln_mult; [f_equal; field; lra|now apply Rdiv_lt_0_compat; auto|exact M]. }
  assert (H : zsum lo hi (fun i => w i * ln (f i / m)) < zsum lo hi (fun i => w i * (f i / m - 1))).
  { apply (zsum_lt _ _ _ _ a); [|exact Ha|].
    - intros i Hi. apply Rmult_le_compat_l; [left; auto|]. apply ln_tangent. apply Rdiv_lt_0_compat; auto.
    - apply Rmult_lt_compat_l; [auto|]. apply ln_tangent_lt; [apply Rdiv_lt_0_compat; auto|].
      intros E. apply N. replace (f a) with (f a / m * m) by (field; lra). rewrite E. ring. }
  rewrite (zsum_ext lo hi (fun i => w i * (f i / m - 1)) (fun i => / m * (w i * f i) + - w i)) in H
    by (intros; field; lra).
  rewrite zsum_add, zsum_neg, zsum_mul in H. fold m in H. change (zsum lo hi w = 1) in T. rewrite T in H.
  replace (/ m * m) with 1 in H by (field; lra).
  rewrite (zsum_ext lo hi _ (fun i => w i * ln (f i / m) + ln m * w i)) by (intros i Hi; rewrite (L i Hi); ring).
  rewrite zsum_add, zsum_mul, T. lra.
Qed.
