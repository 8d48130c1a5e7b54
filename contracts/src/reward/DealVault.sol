// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IAssetPool} from "../interfaces/IAssetPool.sol";
import {IDealVault} from "../interfaces/IDealVault.sol";
import {IPerformanceOracle} from "../interfaces/IPerformanceOracle.sol";
import {DealLedger} from "./DealLedger.sol";
import {Waterfall} from "./Waterfall.sol";

/// @title One deal, a minimal clone
/// @dev Not upgradeable; terms are written once. Its money is reachable by no other deal. Whoever is owed is credited
/// and fetches it himself, so that nobody can block the waterfall; only the pool, a contract of ours, is paid at once.
contract DealVault is DealLedger, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    modifier onlyPool() {
        if (msg.sender != _terms.pool) revert OnlyPool(msg.sender);
        _;
    }

    modifier onlyDesk() {
        if (msg.sender != address(desk)) revert OnlyDesk(msg.sender);
        _;
    }

    modifier in_(Phase wanted) {
        if (phase != wanted) revert WrongPhase(phase);
        _;
    }

    /// @dev Locks the implementation: only its clones can be initialized.
    constructor() {
        phase = Phase.Withdrawn;
    }

    /* FUNDING */

    /// @inheritdoc IDealVault
    function fundJunior() external nonReentrant in_(Phase.Listed) {
        if (msg.sender != _terms.juniorHolder || _juniorIn || _terms.junior == 0) revert OnlyJunior(msg.sender);
        _juniorIn = true;
        currency.safeTransferFrom(msg.sender, address(this), _terms.junior);
    }

    /// @inheritdoc IDealVault
    function withdrawJunior() external nonReentrant in_(Phase.Listed) {
        if (msg.sender != _terms.juniorHolder || !_juniorIn) revert OnlyJunior(msg.sender);
        _juniorIn = false;
        currency.safeTransfer(msg.sender, _terms.junior);
    }

    /// @inheritdoc IDealVault
    function fund() external onlyPool nonReentrant in_(Phase.Listed) {
        (uint256 senior, uint256 junior) = (_terms.senior, _terms.junior);
        if (junior != 0 && !_juniorIn) revert JuniorMissing(junior);
        desk.requirePledged(_deeds);
        phase = Phase.Funded;
        (_principal, _juniorPrincipal) = (senior, junior);
        (fundedAt, _accruedAt, _paidAt) = (uint48(block.timestamp), uint48(block.timestamp), uint48(block.timestamp));
        uint256 fee = (senior + junior) * _tokenizationBps() / Waterfall.FULL;
        uint256 advance = senior + junior - fee;
        _credit(_fees.recipient, fee);
        emit Funded(msg.sender, senior, junior, fee, advance);
        currency.safeTransferFrom(msg.sender, address(this), senior);
        currency.safeTransfer(owner, advance);
    }

    /// @inheritdoc IDealVault
    function withdrawListing() external onlyDesk in_(Phase.Listed) {
        phase = Phase.Withdrawn;
        if (_juniorIn) _credit(_terms.juniorHolder, _terms.junior);
    }

    /* PAYMENTS */

    /// @inheritdoc IDealVault
    function pay(uint64 epoch, uint256 amount) external nonReentrant in_(Phase.Funded) {
        _take(amount);
        IPerformanceOracle.Age age = oracle.ageOf(epoch);
        if (age == IPerformanceOracle.Age.Stale && _terms.kind != Kind.Debt) revert EpochStale(epoch);
        if (age != IPerformanceOracle.Age.Ahead) _paidAt = uint48(block.timestamp);
        (bool known, uint16 factorBps) = _observe(epoch);
        if (_terms.kind == Kind.Debt) {
            _spend(epoch, amount, uint16(Waterfall.FULL));
        } else if (known) {
            _spend(epoch, amount, factorBps);
        } else {
            _escrow[epoch] += amount;
            _escrowed += amount;
            emit Escrowed(epoch, amount);
            _cure();
        }
    }

    /// @inheritdoc IDealVault
    function releaseEscrow(uint64 epoch) external nonReentrant in_(Phase.Funded) {
        uint256 amount = _escrow[epoch];
        if (amount == 0) revert NotInEscrow(epoch);
        (bool known, uint16 factorBps) = _observe(epoch);
        if (!known) revert ReadingMissing(_keys[0], epoch);
        _escrow[epoch] = 0;
        _escrowed -= amount;
        _spend(epoch, amount, factorBps);
    }

    /// @inheritdoc IDealVault
    function repay(uint256 amount) external nonReentrant in_(Phase.Funded) {
        _take(amount);
        _accrue();
        Waterfall.Due memory due = _allDue(amount);
        if (_terms.kind != Kind.Debt) (due.reserveTarget, due.trap) = (_reserveTarget(), true);
        _run(0, due);
    }

    /// @inheritdoc IDealVault
    function payRecovery(uint256 amount) external nonReentrant in_(Phase.Enforced) {
        _take(amount);
        _run(0, _allDue(amount));
    }

    /// @inheritdoc IDealVault
    function claim() external nonReentrant returns (uint256 amount) {
        return _payOut(msg.sender);
    }

    /// @inheritdoc IDealVault
    function claimFor(address account) external nonReentrant returns (uint256 amount) {
        return _payOut(account);
    }

    /// @inheritdoc IDealVault
    function assessCollateral() external in_(Phase.Funded) returns (bool short) {
        (uint256 attested, bool whole) = desk.attestedAppraisal(_deeds);
        if (!whole) revert NoAppraisal();
        uint256 margin = Waterfall.FULL + _terms.overcollateralBps;
        uint256 required = Math.mulDiv(_principal + _juniorPrincipal, margin, Waterfall.FULL, Math.Rounding.Ceil);
        short = attested < required;
        collateralShort = short;
        emit CollateralTested(attested, required, short);
    }

    /* DEFAULT AND END */

    /// @inheritdoc IDealVault
    function declareDelinquent() external in_(Phase.Funded) {
        uint256 overdue = _overdue();
        if (delinquentSince != 0 || overdue <= _threshold()) revert NotOverdue(overdue, _threshold());
        delinquentSince = uint48(block.timestamp);
        emit DelinquencyDeclared(overdue, uint48(block.timestamp) + _terms.cure);
    }

    /// @inheritdoc IDealVault
    function enforce() external nonReentrant in_(Phase.Funded) {
        uint256 overdue = _overdue();
        if (delinquentSince == 0 || overdue <= _threshold()) revert NotOverdue(overdue, _threshold());
        uint256 until = uint256(delinquentSince) + _terms.cure;
        if (block.timestamp < until) revert CureRunning(until);
        _accrue();
        phase = Phase.Enforced;
        emit Enforced(_terms.receiver);
        desk.enforce(_deeds, _terms.receiver);
        uint256 held = _reserve + _trapped + _escrowed;
        if (held == 0) return;
        _escrowed = 0;
        (_reserve, _trapped) = (held, 0);
        _run(0, _allDue(0));
    }

    /// @inheritdoc IDealVault
    function close() external nonReentrant {
        if (phase == Phase.Enforced) {
            if (msg.sender != _terms.pool) revert OnlyPool(msg.sender);
        } else {
            if (phase != Phase.Funded) revert WrongPhase(phase);
            _accrue();
            if (!_isDone()) revert NotRepaid(_principal, _interest, _juniorPrincipal + _juniorInterest);
        }
        bool pledged = phase == Phase.Funded;
        uint256 held = _reserve + _trapped + _escrowed;
        (_reserve, _trapped, _escrowed) = (held, 0, 0);
        if (held != 0) {
            Waterfall.Due memory due = _allDue(0);
            if (pledged) (due.shareBps, due.shareMax) = _share(due.principal);
            _run(0, due);
        }
        phase = Phase.Closed;
        emit Closed(_principal);
        (_principal, _interest, _protocolDue) = (0, 0, 0);
        if (pledged) desk.release(_deeds);
    }

    /* INTERNAL */

    function _payOut(address account) private returns (uint256 amount) {
        amount = claimable[account];
        if (amount == 0) revert NothingToClaim(account);
        claimable[account] = 0;
        emit Claimed(account, amount);
        currency.safeTransfer(account, amount);
    }

    function _take(uint256 amount) private {
        if (amount == 0) revert ZeroAmount();
        _received += amount;
        currency.safeTransferFrom(msg.sender, address(this), amount);
    }

    function _spend(uint64 epoch, uint256 amount, uint16 factorBps) private {
        _accrue();
        Waterfall.Due memory due = _due(amount);
        due.factorBps = factorBps;
        _run(epoch, due);
    }

    function _run(uint64 epoch, Waterfall.Due memory due) private {
        bool late = delinquentSince != 0;
        (Legs memory legs, uint256 reserve, uint256 trapped) = Waterfall.run(due);
        (_reserve, _trapped) = (reserve, trapped);
        _interest -= legs.seniorInterest + legs.protocol;
        _protocolDue -= legs.protocol;
        _principal -= legs.seniorPrincipal;
        _juniorInterest -= legs.juniorInterest;
        _juniorPrincipal -= legs.juniorPrincipal;
        emit Paid(msg.sender, epoch, due.cash, uint16(due.factorBps), legs);
        _credit(_terms.servicer, legs.servicer);
        _credit(_terms.insurer, legs.insurer);
        _credit(_terms.bailee, legs.bailee);
        _credit(_fees.recipient, legs.protocol);
        _credit(_terms.juniorHolder, legs.juniorInterest + legs.juniorPrincipal);
        _credit(owner, legs.owner);
        _cure();
        _paySenior(legs, late);
    }

    function _cure() private {
        if (delinquentSince == 0 || phase != Phase.Funded || _overdue() > _threshold()) return;
        delinquentSince = 0;
        emit DelinquencyCured();
    }

    /// @dev A revenue share gives the advance back first. Interest that a late deal pays was not in the NAV any more.
    function _paySenior(Legs memory legs, bool late) private {
        uint256 value = legs.seniorPrincipal;
        uint256 gain = legs.seniorShare;
        if (_terms.kind == Kind.RevenueShare) {
            uint256 back = Math.min(gain, _principal);
            _principal -= back;
            (value, gain) = (value + back, gain - back);
        }
        if (late) gain += legs.seniorInterest;
        else value += legs.seniorInterest;
        if (value + gain == 0) return;
        _seniorReceived += value + gain;
        currency.safeTransfer(_terms.pool, value + gain);
        IAssetPool(_terms.pool).received(value, gain);
    }
}
